package com.connylabs.ingest.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds programs of others. */
final class Programs {
    private Programs() {}

    /** Gets a program. */
    interface Source {
        /** Where it is then. */
        Path get() throws IOException, InterruptedException;
    }

    /** What the variable {@code BENCH_<NAME>} names, or from elsewhere; empty where it cannot be had. */
    static Optional<Path> find(String name, Source elsewhere) throws InterruptedException {
        @Nullable String named = System.getenv("BENCH_" + name.toUpperCase(Locale.ROOT));
        try {
            return Optional.of(named == null ? elsewhere.get() : Path.of(named));
        } catch (IOException e) {
            System.out.println("no " + name + ", and so no comparison with it: " + e.getMessage());
            return Optional.empty();
        }
    }
}
