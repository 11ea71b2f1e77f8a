package com.connylabs.ingest.core.dequeue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.Dequeuer;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.core.copy.PartBuffers;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import java.util.List;

/**
 * Copies the elements of one workflow: takes a message whenever a slot is free, however long the others take, and
 * acknowledges it when everything that its element asks for is done.
 *
 * <p>{@link #dequeue} may be called once. Source: connylabs/ingest, dequeue/dequeue.go.
 */
public final class WorkflowDequeuer implements Dequeuer {
    private final Queue queue;
    private final Client source;
    private final List<Target> targets;
    private final DequeuerOptions options;
    private final WorkflowMetrics metrics;
    private final PartBuffers buffers;
    private final RunState state = new RunState();

    /**
     * A dequeuer that has not started. It closes nothing that it is given.
     *
     * @param queue where the messages come from
     * @param source where the objects come from
     * @param targets where they go, at least one; the first one's URIs are told to the webhook
     * @param options how
     * @param metrics told what happens
     */
    public WorkflowDequeuer(
            Queue queue, Client source, List<Target> targets, DequeuerOptions options, WorkflowMetrics metrics) {
        this(queue, source, targets, options, metrics, PartBuffers.shared());
    }

    /**
     * A dequeuer with memory of its own.
     *
     * @param queue where the messages come from
     * @param source where the objects come from
     * @param targets where they go, at least one; the first one's URIs are told to the webhook
     * @param options how
     * @param metrics told what happens
     * @param buffers the memory that objects on their way may take
     */
    public WorkflowDequeuer(
            Queue queue,
            Client source,
            List<Target> targets,
            DequeuerOptions options,
            WorkflowMetrics metrics,
            PartBuffers buffers) {
        this.queue = requireNonNull(queue, "queue");
        this.source = requireNonNull(source, "source");
        this.targets = List.copyOf(targets);
        this.options = requireNonNull(options, "options");
        this.metrics = requireNonNull(metrics, "metrics");
        this.buffers = requireNonNull(buffers, "buffers");
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a workflow needs at least one destination");
        }
    }

    @Override
    public void dequeue() throws IngestException, InterruptedException {
        try (Run run = new Run(queue, source, targets, options, metrics, buffers, state, Run.Stalling.DEFAULT)) {
            run.loop();
        }
    }

    @Override
    public void stop() {
        state.stop();
    }

    /**
     * Lets {@link #dequeue} end by itself when nothing of the workflow is outstanding any more, neither here nor with
     * other workers. An endpoint that is at fault for longer than the options' {@code patience} makes it fail then; the
     * work stays in the queue. Returns at once; safe to call from any thread, before the start too.
     */
    public void drain() {
        state.drain();
    }
}
