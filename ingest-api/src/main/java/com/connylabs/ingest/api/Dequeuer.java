package com.connylabs.ingest.api;

/**
 * Copies the elements of one workflow from a queue to their destinations.
 *
 * <p>Source: connylabs/ingest, ingest.go, Dequeuer.
 */
public interface Dequeuer {
    /**
     * Works until {@link #stop} is called or the thread is interrupted. What is running then is finished, or given back
     * to the queue if it takes too long, before this returns.
     *
     * @throws IngestException if the work cannot go on
     * @throws InterruptedException if the thread was interrupted
     */
    void dequeue() throws IngestException, InterruptedException;

    /** Asks {@link #dequeue} to end. Returns at once; safe to call from any thread, and twice. */
    void stop();
}
