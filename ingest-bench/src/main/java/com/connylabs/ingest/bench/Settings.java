package com.connylabs.ingest.bench;

import java.nio.file.Path;

/**
 * How to measure.
 *
 * @param root of the checkout: what is measured is {@code ingest-cli/target/ingest.jar}, unless {@code bench.jar} says
 *     otherwise
 * @param directory for the files of this run
 * @param rounds how often each subject has its turn
 * @param scale what the numbers of objects are multiplied with
 * @param profile whether our processes record where their time goes
 */
public record Settings(Path root, Path directory, int rounds, double scale, boolean profile) {
    static Settings of(Path root, Path directory) {
        return new Settings(
                root,
                directory,
                Integer.getInteger("bench.rounds", 5),
                Double.parseDouble(System.getProperty("bench.scale", "1")),
                Boolean.getBoolean("bench.profile"));
    }

    /** A number of objects at this scale. */
    public int count(int atFullScale) {
        return (int) Math.max(1, Math.round(atFullScale * scale));
    }

    Path jar() {
        return Path.of(System.getProperty(
                "bench.jar", root.resolve("ingest-cli/target/ingest.jar").toString()));
    }
}
