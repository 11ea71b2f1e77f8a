package com.connylabs.ingest.cli.metrics;

import com.connylabs.ingest.cli.config.WorkflowConfig;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics.StorageOperation;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.time.Duration;

/** What is asked of one destination, or of all of a workflow together. */
final class StorageMeters {
    private static final double NANOS = 1e9;

    private final OperationCounters<StorageOperation> results;
    private final DistributionDataPoint stat;
    private final DistributionDataPoint store;

    StorageMeters(DequeueFamilies families, WorkflowConfig workflow, String destination, String plugin) {
        String source = workflow.source();
        String name = workflow.name();
        results = new OperationCounters<>(StorageOperation.class, families.storage, source, name, destination, plugin);
        stat = families.storageDuration.labelValues(source, name, destination, plugin, "stat");
        store = families.storageDuration.labelValues(source, name, destination, plugin, "store");
    }

    void count(StorageOperation operation, Result result, Duration took) {
        results.count(operation, result);
        (operation == StorageOperation.STAT ? stat : store).observe(took.toNanos() / NANOS);
    }
}
