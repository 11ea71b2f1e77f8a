package com.connylabs.ingest.core.copy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers when something last moved. Safe to use from many threads. */
public final class Progress {
    private final AtomicLong last = new AtomicLong(System.nanoTime());

    /** Something moved. */
    public void moved() {
        last.set(System.nanoTime());
    }

    boolean stalledFor(Duration limit) {
        return System.nanoTime() - last.get() > limit.toNanos();
    }
}
