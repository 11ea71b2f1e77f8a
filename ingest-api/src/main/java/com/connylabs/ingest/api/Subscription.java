package com.connylabs.ingest.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Gives out the messages of one workflow. Used by one thread at a time.
 *
 * <p>Source: connylabs/ingest, ingest.go, Subscription ({@code Pop}).
 */
public interface Subscription extends AutoCloseable {
    /**
     * Takes messages from the queue. Returns as soon as there is one, with no more than are ready.
     *
     * @param max the most messages to take; nothing is held back beyond them
     * @param wait how long to wait for the first one
     * @return the messages, empty if none came
     * @throws IngestException if the queue cannot be asked; the subscription stays usable
     * @throws InterruptedException if the thread was interrupted
     */
    List<Message> pop(int max, Duration wait) throws IngestException, InterruptedException;

    /**
     * How long the queue waits for a sign of life before it delivers a message again. It may be another than was asked for,
     * and change while messages are worked on; so this is called now and then.
     *
     * @return what the queue has now, as far as can be told; empty if it has what this process has asked for
     * @throws InterruptedException if the thread was interrupted
     */
    default Optional<Duration> ackWait() throws InterruptedException {
        return Optional.empty();
    }

    /** Ends the subscription; messages that were taken stay with their taker. Safe to call twice. */
    @Override
    void close();
}
