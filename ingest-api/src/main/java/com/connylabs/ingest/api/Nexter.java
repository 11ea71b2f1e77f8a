package com.connylabs.ingest.api;

import java.util.Optional;

/**
 * Lists the elements that a source has, one by one.
 *
 * <p>Call order: {@link #reset}, then {@link #next} until it is empty; again {@code reset} for the next listing; at last
 * {@link #close}. Used by one thread at a time; two workflows that read one source have a Nexter each. Calls may block
 * on the network; they honour interrupts. A listing is streamed: a Nexter holds a
 * bounded number of pages of it.
 *
 * <p>Source: connylabs/ingest, ingest.go, Nexter.
 */
public interface Nexter extends AutoCloseable {
    /**
     * Starts a listing afresh. After it, {@link #next} returns every element that the source has.
     *
     * @throws IngestException if the listing cannot be started
     * @throws InterruptedException if the thread was interrupted
     */
    void reset() throws IngestException, InterruptedException;

    /**
     * The next element. After the last one it is empty, however often it is asked.
     *
     * @return the element, or empty at the end
     * @throws IngestException if the listing fails; it can only be started afresh then
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<Codec> next() throws IngestException, InterruptedException;

    /** Gives up what the listing holds. Safe to call twice. */
    @Override
    default void close() {}
}
