package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.Dequeuer;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import java.util.List;

/** Works off one workflow. */
public final class WorkflowDequeuer implements Dequeuer {
    /**
     * A dequeuer that has not started. It closes nothing that it is given.
     *
     * @param queue where the messages come from
     * @param source where the objects come from
     * @param targets where they go; the first one's URIs are told to the webhook
     * @param options how
     * @param metrics told what happens
     */
    public WorkflowDequeuer(
            Queue queue, Client source, List<Target> targets, DequeuerOptions options, WorkflowMetrics metrics) {}

    @Override
    public void dequeue() throws IngestException, InterruptedException {}

    @Override
    public void stop() {}
}
