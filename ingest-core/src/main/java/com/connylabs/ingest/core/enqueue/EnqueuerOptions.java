package com.connylabs.ingest.core.enqueue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.core.Backoff;
import java.time.Duration;

/**
 * How the elements of a listing are published.
 *
 * @param window the most messages that are published and not yet confirmed
 * @param backoff the wait before what the queue did not take is published again
 * @param patience how long the queue may refuse everything, from the first refusal on, before the listing fails
 */
public record EnqueuerOptions(int window, Backoff backoff, Duration patience) {
    /** A window of 1024 messages and no end of patience: a queue that is full or gone is waited for. */
    public static final EnqueuerOptions DEFAULT =
            new EnqueuerOptions(1024, Backoff.DEFAULT, Duration.ofNanos(Long.MAX_VALUE));

    /** Checks that the window is positive. */
    public EnqueuerOptions {
        requireNonNull(backoff, "backoff");
        requireNonNull(patience, "patience");
        if (window < 1) {
            throw new IllegalArgumentException("window must be at least 1, not " + window);
        }
    }

    /**
     * These options with another patience.
     *
     * @param most how long the queue may take nothing
     * @return a changed copy
     */
    public EnqueuerOptions withPatience(Duration most) {
        return new EnqueuerOptions(window, backoff, most);
    }
}
