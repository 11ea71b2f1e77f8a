package com.connylabs.ingest.core.queue.nats;

import io.nats.client.api.MessageInfo;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that is in the stream and that its durable does not deliver any more. We keep for it what the server keeps for
 * the others: deliveries, and when the next may be. Safe to use from many threads.
 */
final class Ghost {
    private final long sequence;
    private final @Nullable ZonedDateTime stored;
    // It was delivered at least once, as far as anybody knows.
    private long deliveries = 1;
    private long readyAt = System.nanoTime();

    Ghost(MessageInfo message) {
        this.sequence = message.getSeq();
        this.stored = message.getTime();
    }

    /** Whether a message is this one; in a stream that was made anew, the sequence may be another's. */
    boolean is(MessageInfo message) {
        return message.getSeq() == sequence && Objects.equals(message.getTime(), stored);
    }

    long sequence() {
        return sequence;
    }

    synchronized long deliveries() {
        return deliveries;
    }

    synchronized boolean ready() {
        return System.nanoTime() - readyAt >= 0;
    }

    /** Hands it to somebody, who has as long as the ack wait to show a sign of life. */
    synchronized long deliver(Duration ackWait) {
        delay(ackWait);
        return ++deliveries;
    }

    /** Nothing about this delivery, unless it is the newest, sets when the next is. */
    synchronized void delay(long delivery, Duration by) {
        if (delivery == deliveries) {
            delay(by);
        }
    }

    private synchronized void delay(Duration by) {
        readyAt = System.nanoTime() + by.toNanos();
    }
}
