package com.connylabs.ingest.core.dequeue;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a dequeuer ends.
 *
 * @param shutdownTimeout how long it waits for what is running, before that is handed back to the queue
 * @param patience how long an endpoint or the queue may be at fault before a dequeuer that was told to drain fails
 */
public record Ending(Duration shutdownTimeout, Duration patience) {
    /** Half a minute for what is running, a minute of patience. */
    public static final Ending DEFAULT = new Ending(Duration.ofSeconds(30), Duration.ofSeconds(60));

    /** Checks that nothing is missing. */
    public Ending {
        requireNonNull(shutdownTimeout, "shutdownTimeout");
        requireNonNull(patience, "patience");
    }
}
