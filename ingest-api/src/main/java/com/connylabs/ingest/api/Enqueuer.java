package com.connylabs.ingest.api;

/**
 * Puts the elements of a source into a queue.
 *
 * <p>Source: connylabs/ingest, ingest.go, Enqueuer.
 */
public interface Enqueuer {
    /**
     * Lists the source once, and publishes every element that is not outstanding already and was not given up on. Not to be called by two
     * threads at once. Blocks until the last publish is confirmed; honours interrupts. When it fails, what was published
     * stays published.
     *
     * @return what was found
     * @throws IngestException if the listing or a publish failed
     * @throws InterruptedException if the thread was interrupted
     */
    Listing enqueue() throws IngestException, InterruptedException;
}
