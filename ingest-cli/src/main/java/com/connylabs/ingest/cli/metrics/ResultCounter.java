package com.connylabs.ingest.cli.metrics;

import com.connylabs.ingest.core.metrics.Result;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;

/** The two series of a counter with a {@code result} as its last label; both are there from the start. */
record ResultCounter(CounterDataPoint success, CounterDataPoint error) {

    /** The series of a counter whose other labels have these values. */
    static ResultCounter of(Counter counter, String... labels) {
        return new ResultCounter(series(counter, "success", labels), series(counter, "error", labels));
    }

    private static CounterDataPoint series(Counter counter, String result, String... labels) {
        String[] values = new String[labels.length + 1];
        System.arraycopy(labels, 0, values, 0, labels.length);
        values[labels.length] = result;
        return counter.labelValues(values);
    }

    void count(Result result) {
        (result == Result.SUCCESS ? success : error).inc();
    }
}
