package com.connylabs.ingest.core.dequeue;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Spreads what is used over time: so much a second, and what was not used is lost, but for a moment's worth. One who takes
 * much at a time gets it at once, and those after him wait for it. Safe to use from many threads.
 */
final class Pace {
    private static final long SAVED = Duration.ofMillis(100).toNanos();
    private static final double SECOND = 1e9;

    private final double nanosEach;
    private double free = System.nanoTime() - (double) SAVED;

    private Pace(double nanosEach) {
        this.nanosEach = nanosEach;
    }

    /** A pace of so much a second, or none to keep. */
    static Pace of(OptionalLong perSecond) {
        return new Pace(perSecond.isPresent() ? SECOND / perSecond.getAsLong() : 0);
    }

    boolean unlimited() {
        return nanosEach == 0;
    }

    /** Takes some; blocks until what was taken before is due. */
    void take(long count) throws InterruptedException {
        long wait = reserve(count);
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }

    /** Counts what was taken already; those who take next wait for it. */
    void took(long count) {
        reserve(count);
    }

    private synchronized long reserve(long count) {
        if (unlimited()) {
            return 0;
        }
        long now = System.nanoTime();
        double start = Math.max(free, now - (double) SAVED);
        free = start + count * nanosEach;
        return (long) (start - now);
    }
}
