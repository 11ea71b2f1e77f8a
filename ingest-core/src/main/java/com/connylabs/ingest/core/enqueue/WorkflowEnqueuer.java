package com.connylabs.ingest.core.enqueue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.Enqueuer;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.core.wire.CodecJson;
import java.util.Optional;

/**
 * Lists the source of one workflow and publishes what it finds, many messages at a time and in bounded memory.
 *
 * <p>Source: connylabs/ingest, enqueue/enqueue.go.
 */
public final class WorkflowEnqueuer implements Enqueuer {
    private final Queue queue;
    private final Nexter nexter;
    private final String workflow;
    private final EnqueuerOptions options;
    private final WorkflowMetrics metrics;
    private final Suppression suppression;
    private final Comparison comparison;

    /**
     * An enqueuer; it closes nothing that it is given.
     *
     * @param queue where the messages go
     * @param nexter the listing
     * @param workflow name of the workflow
     * @param options how to publish
     * @param metrics told what happens
     */
    public WorkflowEnqueuer(
            Queue queue, Nexter nexter, String workflow, EnqueuerOptions options, WorkflowMetrics metrics) {
        this(
                queue,
                nexter,
                workflow,
                options,
                metrics,
                new Suppression(queue.deadLetters(), workflow),
                Comparison.none());
    }

    /**
     * An enqueuer that shares with those of other listings of the workflow what it leaves out, and why.
     *
     * @param queue where the messages go
     * @param nexter the listing
     * @param workflow name of the workflow
     * @param options how to publish
     * @param metrics told what happens
     * @param suppression leaves out what was given up on
     * @param comparison leaves out what every destination has
     */
    public WorkflowEnqueuer(
            Queue queue,
            Nexter nexter,
            String workflow,
            EnqueuerOptions options,
            WorkflowMetrics metrics,
            Suppression suppression,
            Comparison comparison) {
        this.queue = requireNonNull(queue, "queue");
        this.nexter = requireNonNull(nexter, "nexter");
        this.workflow = requireNonNull(workflow, "workflow");
        this.options = requireNonNull(options, "options");
        this.metrics = requireNonNull(metrics, "metrics");
        this.suppression = requireNonNull(suppression, "suppression");
        this.comparison = requireNonNull(comparison, "comparison");
    }

    /**
     * An enqueuer with the default options, which nobody watches.
     *
     * @param queue where the messages go
     * @param nexter the listing
     * @param workflow name of the workflow
     */
    public WorkflowEnqueuer(Queue queue, Nexter nexter, String workflow) {
        this(queue, nexter, workflow, EnqueuerOptions.DEFAULT, WorkflowMetrics.NONE);
    }

    @Override
    public Listing enqueue() throws IngestException, InterruptedException {
        Result result = Result.ERROR;
        try {
            Listing listing = list();
            result = Result.SUCCESS;
            return listing;
        } finally {
            metrics.enqueueAttempt(result);
        }
    }

    private Listing list() throws IngestException, InterruptedException {
        PublishWindow window = new PublishWindow(queue, workflow, metrics, options);
        Counts counts = new Counts();
        suppression.read();
        nexter.reset();
        comparison.begin();
        try {
            for (Optional<Codec> next = nexter.next(); next.isPresent(); next = nexter.next()) {
                counts.listed++;
                metrics.listed();
                take(next.get(), window, counts);
            }
        } finally {
            comparison.end();
        }
        window.await();
        return new Listing(
                counts.listed,
                window.queued() + counts.revived,
                window.alreadyOutstanding(),
                counts.suppressed,
                counts.present);
    }

    private static final class Counts {
        private long listed;
        private long revived;
        private long suppressed;
        private long present;
    }

    /** Dead letters go first: what was given up has not been done, even if all destinations have the object. */
    private void take(Codec element, PublishWindow window, Counts counts) throws IngestException, InterruptedException {
        switch (suppression.judge(element)) {
            case PUBLISH -> {
                if (comparison.present(element)) {
                    counts.present++;
                    metrics.present();
                } else {
                    window.publish(element.id(), CodecJson.encode(element));
                }
            }
            case REVIVED -> {
                counts.revived++;
                metrics.queued();
            }
            case SUPPRESS -> {
                counts.suppressed++;
                metrics.suppressed();
            }
        }
    }
}
