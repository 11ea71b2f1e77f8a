package com.connylabs.ingest.testkit.nats;

import com.connylabs.ingest.testkit.Commands;
import com.connylabs.ingest.testkit.ToolCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a nats-server, or gets one: what {@code INGEST_NATS_SERVER} (system property or environment) names, the PATH,
 * {@link ToolCache}, and then, kept there for the next time, what Docker, Debian's package or a build with Go gives. A
 * machine on which none of this works fails the tests: nothing is skipped.
 */
public final class NatsBinary {
    /** System property and environment variable that name a nats-server to use. */
    public static final String OVERRIDE = "INGEST_NATS_SERVER";

    private static @Nullable Path found;

    private NatsBinary() {}

    /**
     * Where the nats-server is. May take minutes the first time on a machine; the same ever after.
     *
     * @return path of an executable file
     * @throws IllegalStateException if there is none, and none can be had; says what was tried and what to install
     * @throws InterruptedException if the thread was interrupted
     */
    public static synchronized Path path() throws InterruptedException {
        Path binary = found;
        if (binary == null) {
            binary = find(
                    System.getProperty(OVERRIDE, System.getenv(OVERRIDE)),
                    List.of(
                            new Origin("nats-server on the PATH", () -> Commands.onPath("nats-server")
                                    .orElseThrow(() -> new IOException("not there"))),
                            new Origin("one fetched before", () -> NatsOrigins.cached(ToolCache.ofUser())),
                            new Origin("the official image, with Docker", () -> NatsOrigins.docker(ToolCache.ofUser())),
                            new Origin("Debian's package, with apt-get", () -> NatsOrigins.debian(ToolCache.ofUser())),
                            new Origin("a build, with go", () -> NatsOrigins.go(ToolCache.ofUser()))));
            found = binary;
        }
        return binary;
    }

    static Path find(@Nullable String override, List<Origin> origins) throws InterruptedException {
        if (override != null && !override.isEmpty()) {
            return Optional.of(Path.of(override))
                    .filter(Files::isExecutable)
                    .orElseThrow(() -> new IllegalStateException(
                            OVERRIDE + " names " + override + ", which is not an executable file"));
        }
        List<String> tried = new ArrayList<>();
        for (Origin origin : origins) {
            try {
                return origin.getter().get();
            } catch (IOException | RuntimeException e) {
                tried.add("  " + origin.name() + ": " + e.getMessage());
            }
        }
        throw new IllegalStateException("the tests need a nats-server with JetStream, and there is none. Tried:\n"
                + String.join("\n", tried)
                + "\nStart Docker, or put nats-server (Debian and Ubuntu: apt-get install nats-server) on the PATH, or"
                + " set " + OVERRIDE + " to its path.");
    }

    record Origin(String name, Getter getter) {}

    @FunctionalInterface
    interface Getter {
        Path get() throws IOException, InterruptedException;
    }
}
