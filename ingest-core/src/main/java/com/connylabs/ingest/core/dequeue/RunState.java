package com.connylabs.ingest.core.dequeue;

/** What the outside wants of a running dequeuer. Safe to use from many threads. */
final class RunState {
    private volatile boolean stopping;
    private volatile boolean draining;

    void stop() {
        stopping = true;
    }

    void drain() {
        draining = true;
    }

    boolean stopping() {
        return stopping;
    }

    boolean draining() {
        return draining;
    }
}
