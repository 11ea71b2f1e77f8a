package com.connylabs.ingest.core.queue.embedded;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether the file could be written lately. Safe to use from many threads. */
final class Health {
    // Nobody may be writing, and then nobody would notice that the disk has room again.
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private boolean failed;
    private long failedAt;

    synchronized void note(@Nullable Throwable failure) {
        failed = failure != null;
        failedAt = System.nanoTime();
    }

    synchronized boolean good() {
        return !failed || System.nanoTime() - failedAt > MEMORY.toNanos();
    }
}
