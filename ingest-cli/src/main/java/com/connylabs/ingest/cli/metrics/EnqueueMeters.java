package com.connylabs.ingest.cli.metrics;

import com.connylabs.ingest.cli.config.WorkflowConfig;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;

/** What the enqueuer of one workflow reports to. */
final class EnqueueMeters implements WorkflowMetrics {
    private final ResultCounter attempts;
    private final CounterDataPoint listed;
    private final CounterDataPoint queued;
    private final CounterDataPoint suppressed;
    private final CounterDataPoint present;
    private final QueueFamily queue;
    private final Tally tally;

    EnqueueMeters(EnqueueFamilies families, QueueFamily queue, WorkflowConfig workflow, Tally tally) {
        this.attempts = ResultCounter.of(families.attempts, workflow.source(), workflow.name());
        this.listed = families.listed.labelValues(workflow.source(), workflow.name());
        this.queued = families.queued.labelValues(workflow.source(), workflow.name());
        this.suppressed = families.suppressed.labelValues(workflow.source(), workflow.name());
        this.present = families.present.labelValues(workflow.source(), workflow.name());
        this.queue = queue;
        this.tally = tally;
    }

    @Override
    public void enqueueAttempt(Result result) {
        attempts.count(result);
    }

    @Override
    public void queueOperation(QueueOperation operation, Result result) {
        queue.count(operation, result);
    }

    @Override
    public void listed() {
        listed.inc();
        tally.listed.increment();
    }

    @Override
    public void queued() {
        queued.inc();
        tally.queued.increment();
    }

    @Override
    public void suppressed() {
        suppressed.inc();
        tally.suppressed.increment();
    }

    @Override
    public void present() {
        present.inc();
        tally.present.increment();
    }
}
