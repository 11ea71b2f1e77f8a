package com.connylabs.ingest.cli.metrics;

import com.connylabs.ingest.cli.config.WorkflowConfig;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import java.util.OptionalLong;

/** How many dead letters a workflow has, as it was known last. Safe to use from many threads. */
public final class LetterGauge {
    private final GaugeDataPoint gauge;
    private volatile OptionalLong known = OptionalLong.empty();

    LetterGauge(io.prometheus.metrics.core.metrics.Gauge family, WorkflowConfig workflow) {
        gauge = family.labelValues(workflow.source(), workflow.name());
        gauge.set(Double.NaN);
    }

    /**
     * Notes the number.
     *
     * @param count the number; empty if it cannot be known at the moment, which Prometheus writes as NaN
     */
    public void set(OptionalLong count) {
        known = count;
        gauge.set(count.isPresent() ? count.getAsLong() : Double.NaN);
    }

    /**
     * The number.
     *
     * @return as it was noted last
     */
    public OptionalLong known() {
        return known;
    }
}
