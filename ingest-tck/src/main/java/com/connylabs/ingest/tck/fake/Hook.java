package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.IngestException;

/** What a test does inside a fake before an operation: throw, wait for a latch, change something. */
@FunctionalInterface
public interface Hook {
    /** Does nothing. */
    Hook NONE = (operation, name) -> {};

    /**
     * Called before every operation, by the thread that asked for it.
     *
     * @param operation what was asked for
     * @param name the element's name, for a queue its id; empty where there is none
     * @throws IngestException which the operation then throws
     * @throws InterruptedException if the thread was interrupted
     */
    void before(Operation operation, String name) throws IngestException, InterruptedException;
}
