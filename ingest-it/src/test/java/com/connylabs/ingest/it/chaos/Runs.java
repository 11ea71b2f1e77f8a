package com.connylabs.ingest.it.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs seeds, says so, and keeps what is needed to understand a failure. */
final class Runs {
    private final Path root;
    private final Scale scale;

    Runs(Path root, Scale scale) {
        this.root = root;
        this.scale = scale;
    }

    /** Runs a seed; the text is empty if all is well, else for whoever has to find out why. */
    String run(long seed, QueueKind queue) throws Exception {
        Path directory = root.resolve(queue.name().toLowerCase(java.util.Locale.ROOT) + "-" + seed);
        delete(directory);
        Files.createDirectories(directory.resolve("queue"));
        say("chaos: queue " + queue + ", seed " + seed);
        long start = System.nanoTime();
        String failure;
        try (Journal journal = new Journal(directory.resolve("journal.log"))) {
            Chaos.Result result = new Chaos(seed, queue, scale, directory, journal).run();
            say("chaos: " + result.summary());
            failure = told(result.violations());
        } catch (InterruptedException e) {
            throw e;
        } catch (AssertionError | Exception e) {
            failure = "the run itself failed: " + e;
            Files.writeString(directory.resolve("failure.log"), trace(e));
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        say("chaos: queue " + queue + ", seed " + seed + ": " + (failure.isEmpty() ? "passed" : "FAILED") + " after "
                + seconds + " s");
        if (failure.isEmpty()) {
            delete(directory);
            return "";
        }
        return "queue " + queue + ", seed " + seed + " (again: -Dchaos.queue="
                + queue.name().toLowerCase(java.util.Locale.ROOT) + " -Dchaos.seed=" + seed + "), logs in " + directory
                + "\n" + failure;
    }

    private static String told(List<Violation> violations) {
        return String.join("\n", violations.stream().map(Violation::toString).toList());
    }

    private static String trace(Throwable e) {
        java.io.StringWriter text = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
