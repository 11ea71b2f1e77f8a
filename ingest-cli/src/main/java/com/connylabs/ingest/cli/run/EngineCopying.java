package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.core.dequeue.WorkflowDequeuer;

/** The engine's dequeuer. */
record EngineCopying(WorkflowDequeuer dequeuer) implements Copying {
    @Override
    public void dequeue() throws IngestException, InterruptedException {
        dequeuer.dequeue();
    }

    @Override
    public void stop() {
        dequeuer.stop();
    }

    @Override
    public void drain() {
        dequeuer.drain();
    }
}
