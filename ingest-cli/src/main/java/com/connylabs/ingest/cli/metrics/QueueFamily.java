package com.connylabs.ingest.cli.metrics;

import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics.QueueOperation;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts what is done to the queue, which all workflows share. */
final class QueueFamily {
    private final OperationCounters<QueueOperation> operations;

    QueueFamily(PrometheusRegistry registry) {
        Counter counter = Counter.builder()
                .name("ingest_queue_operations_total")
                .help("Operations on the queue; a pop is a fetch, however many messages come.")
                .labelNames("operation", "result")
                .register(registry);
        operations = new OperationCounters<>(QueueOperation.class, counter);
    }

    void count(QueueOperation operation, Result result) {
        operations.count(operation, result);
    }
}
