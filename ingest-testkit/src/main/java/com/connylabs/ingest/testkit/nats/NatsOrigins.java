package com.connylabs.ingest.testkit.nats;

import com.connylabs.ingest.testkit.Commands;
import com.connylabs.ingest.testkit.ToolCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The ways to get a nats-server onto a machine that has none. */
final class NatsOrigins {
    private static final String VERSION = "2.15.2";
    private static final String PROGRAM = "nats-server";
    private static final String FROM_IMAGE = PROGRAM + "-" + VERSION + "-docker";
    private static final String FROM_DEBIAN = PROGRAM + "-debian";
    private static final String FROM_GO = PROGRAM + "-" + VERSION + "-go";
    private static final String IN_PACKAGE = "usr/sbin/" + PROGRAM;
    private static final Duration DOWNLOAD = Duration.ofMinutes(3);
    private static final Duration BUILD = Duration.ofMinutes(15);

    private NatsOrigins() {}

    /** What an earlier run has fetched. */
    static Path cached(ToolCache cache) throws IOException {
        return Stream.of(
                        cache.find(FROM_IMAGE).map(directory -> directory.resolve(PROGRAM)),
                        cache.find(FROM_DEBIAN).map(directory -> directory.resolve(IN_PACKAGE)),
                        cache.find(FROM_GO).map(directory -> directory.resolve(PROGRAM)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IOException("there is none"));
    }

    /** Takes the program out of the image, so that tests can kill and stop it like any other process. */
    static Path docker(ToolCache cache) throws IOException, InterruptedException {
        requireLinux("the image's program does not run here");
        return cache.directory(FROM_IMAGE, NatsOrigins::copyFromImage).resolve(PROGRAM);
    }

    private static void copyFromImage(Path directory) throws IOException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IOException("no Docker engine answers");
        }
        Path program = directory.resolve(PROGRAM);
        try (GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("nats:" + VERSION))) {
            container.start();
            container.copyFileFromContainer("/" + PROGRAM, program.toString());
        }
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + program + " executable");
        }
    }

    /** Unpacks the package without installing it, which needs no privileges. */
    static Path debian(ToolCache cache) throws IOException, InterruptedException {
        requireOnPath("apt-get");
        requireOnPath("dpkg");
        return cache.directory(FROM_DEBIAN, NatsOrigins::unpackPackage).resolve(IN_PACKAGE);
    }

    private static void unpackPackage(Path directory) throws IOException, InterruptedException {
        try {
            download(directory);
        } catch (IOException e) {
            if (!"root".equals(System.getProperty("user.name"))) {
                throw e;
            }
            Commands.run(DOWNLOAD, new ProcessBuilder("apt-get", "update"));
            download(directory);
        }
        try (var packages = Files.newDirectoryStream(directory, "*.deb")) {
            for (Path file : packages) {
                Commands.run(DOWNLOAD, new ProcessBuilder("dpkg", "-x", file.toString(), directory.toString()));
                Files.delete(file);
            }
        }
    }

    private static void download(Path directory) throws IOException, InterruptedException {
        Commands.run(DOWNLOAD, new ProcessBuilder("apt-get", "-q", "download", PROGRAM).directory(directory.toFile()));
    }

    static Path go(ToolCache cache) throws IOException, InterruptedException {
        requireOnPath("go");
        return cache.directory(FROM_GO, NatsOrigins::build).resolve(PROGRAM);
    }

    private static void build(Path directory) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("go", "install", "github.com/nats-io/nats-server/v2@v" + VERSION);
        builder.environment().put("GOBIN", directory.toString());
        Commands.run(BUILD, builder);
    }

    private static void requireOnPath(String program) throws IOException {
        if (Commands.onPath(program).isEmpty()) {
            throw new IOException(program + " is not there");
        }
    }

    private static void requireLinux(String otherwise) throws IOException {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            throw new IOException(otherwise);
        }
    }
}
