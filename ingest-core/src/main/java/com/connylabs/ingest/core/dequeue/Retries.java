package com.connylabs.ingest.core.dequeue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.core.Backoff;
import java.time.Duration;

/**
 * When an element is tried again, and when it is given up.
 *
 * @param attempts how often an element is tried before it becomes a dead letter
 * @param backoff the wait between attempts
 * @param ackWait the queue's ack wait, after which an element goes to somebody else; three signs of life are given in it
 */
public record Retries(int attempts, Backoff backoff, Duration ackWait) {
    /** Ten attempts, one second to a minute apart, and an ack wait of 30 seconds. */
    public static final Retries DEFAULT = new Retries(10, Backoff.DEFAULT, Duration.ofSeconds(30));

    /** Checks that there is an attempt, and an ack wait. */
    public Retries {
        requireNonNull(backoff, "backoff");
        if (attempts < 1 || ackWait.isZero() || ackWait.isNegative()) {
            throw new IllegalArgumentException("attempts and ackWait must be positive: " + attempts + ", " + ackWait);
        }
    }
}
