package com.connylabs.ingest.core;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before trying again: doubling from {@code first} to {@code most}, of which a random share between a
 * half and the whole is taken, so that many who failed together do not come back together.
 *
 * @param first after the first failure
 * @param most never longer than this
 */
public record Backoff(Duration first, Duration most) {
    /** From one second to a minute. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

    /** Checks that the durations are positive and in order. */
    public Backoff {
        if (first.isNegative() || first.isZero() || first.compareTo(most) > 0) {
            throw new IllegalArgumentException("backoff must be positive and not shrink: " + first + " to " + most);
        }
    }

    /**
     * The wait after a failure.
     *
     * @param failures how many there were so far, at least 1
     * @return a duration with jitter
     */
    public Duration after(long failures) {
        long doublings = Math.min(Math.max(failures - 1, 0), 30);
        long nanos = Math.min(saturated(first.toNanos(), doublings), most.toNanos());
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1));
    }

    /**
     * The sooner of two, for the first and for the longest wait.
     *
     * @param other another
     * @return waits that are never longer than those of either
     */
    public Backoff orSooner(Backoff other) {
        return new Backoff(
                first.compareTo(other.first) < 0 ? first : other.first,
                most.compareTo(other.most) < 0 ? most : other.most);
    }

    private static long saturated(long nanos, long doublings) {
        return nanos > Long.MAX_VALUE >> doublings ? Long.MAX_VALUE : nanos << doublings;
    }
}
