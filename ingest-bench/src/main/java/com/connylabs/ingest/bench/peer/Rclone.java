package com.connylabs.ingest.bench.peer;

import com.connylabs.ingest.bench.Route;
import com.connylabs.ingest.testkit.Commands;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.ToolCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * rclone: what {@code BENCH_RCLONE} names, what is on the PATH, or Debian's package, unpacked and not installed. It copies
 * in streams ({@code --disable copy}): the two ends are different endpoints, as they are for us.
 */
public final class Rclone {
    private static final Duration DOWNLOAD = Duration.ofMinutes(3);

    private final Path program;
    private final Path directory;

    private Rclone(Path program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /**
     * Looks for rclone, or gets it.
     *
     * @param directory for its configuration and logs
     * @return rclone, or nothing where it cannot be had: the table is without it then
     */
    public static Optional<Rclone> find(Path directory) throws InterruptedException {
        return Programs.find("rclone", Rclone::installed).map(program -> new Rclone(program, directory));
    }

    private static Path installed() throws IOException, InterruptedException {
        Optional<Path> found = Commands.onPath("rclone");
        return found.isPresent() ? found.get() : debian();
    }

    private static Path debian() throws IOException, InterruptedException {
        return ToolCache.ofUser()
                .directory("rclone-debian", target -> {
                    Commands.run(
                            DOWNLOAD,
                            new ProcessBuilder("apt-get", "-q", "download", "rclone").directory(target.toFile()));
                    Commands.run(
                            DOWNLOAD,
                            new ProcessBuilder("sh", "-c", "dpkg -x *.deb . && rm *.deb").directory(target.toFile()));
                })
                .resolve("usr/bin/rclone");
    }

    /** Its version. */
    public String version() throws IOException, InterruptedException {
        return Commands.run(Duration.ofSeconds(10), new ProcessBuilder(program.toString(), "version"))
                .lines()
                .findFirst()
                .orElse("");
    }

    /** Starts to copy; ends when all is copied. */
    public ManagedProcess copy(Route route) throws IOException {
        Files.writeString(
                directory.resolve("rclone.conf"),
                site("source", route.source().endpoint())
                        + site("destination", route.destinations().get(0).endpoint()));
        String concurrency = Integer.toString(route.concurrency());
        ProcessBuilder builder = new ProcessBuilder(
                program.toString(),
                "copy",
                "--disable",
                "copy",
                "--transfers",
                concurrency,
                "--checkers",
                concurrency,
                "--s3-list-version",
                "2",
                "--config",
                "rclone.conf",
                "source:" + route.bucket(),
                "destination:" + route.bucket());
        builder.directory(directory.toFile());
        builder.environment().remove("AWS_CA_BUNDLE"); // plain HTTP; and rclone would not start with it
        return ManagedProcess.start(directory.resolve("rclone.log"), builder);
    }

    private static String site(String name, String endpoint) {
        return "[" + name + "]\ntype = s3\nprovider = Other\nendpoint = http://" + endpoint
                + "\naccess_key_id = key\nsecret_access_key = secret\nforce_path_style = true\nno_check_bucket = true\n";
    }
}
