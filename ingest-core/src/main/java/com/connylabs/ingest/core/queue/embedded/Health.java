package com.connylabs.ingest.core.queue.embedded;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the file could be written lately. Safe to use from many threads. */
final class Health {
    // Nobody may be writing, and then nobody would notice that the disk has room again.
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private Optional<String> failure = Optional.empty();
    private long failedAt;

    synchronized void note(@Nullable Throwable thrown) {
        failure = Optional.ofNullable(thrown).map(cause -> String.valueOf(cause.getMessage()));
        failedAt = System.nanoTime();
    }

    /** Why it could not; empty if it could. */
    synchronized Optional<String> fault() {
        return System.nanoTime() - failedAt > MEMORY.toNanos() ? Optional.empty() : failure;
    }
}
