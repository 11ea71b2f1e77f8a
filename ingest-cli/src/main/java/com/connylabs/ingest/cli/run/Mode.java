package com.connylabs.ingest.cli.run;

/** What a process does. Source: connylabs/ingest, cmd/ingest/main.go, mode; standalone is ours. */
public enum Mode {
    /** Lists sources and fills the queue. */
    ENQUEUE(true, false),
    /** Works off the queue. */
    DEQUEUE(false, true),
    /** Both, in one process. */
    STANDALONE(true, true);

    private final boolean enqueues;
    private final boolean dequeues;

    Mode(boolean enqueues, boolean dequeues) {
        this.enqueues = enqueues;
        this.dequeues = dequeues;
    }

    boolean enqueues() {
        return enqueues;
    }

    boolean dequeues() {
        return dequeues;
    }
}
