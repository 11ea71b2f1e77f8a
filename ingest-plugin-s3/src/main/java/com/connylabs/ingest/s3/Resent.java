package com.connylabs.ingest.s3;

import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Tells whether the SDK has sent a request more than once, so that the store may have done what it asks for more than once.
 * The SDK reports that before its call returns, on the same thread.
 */
final class Resent implements MetricPublisher {
    private volatile boolean resent;

    boolean happened() {
        return resent;
    }

    @Override
    public void publish(MetricCollection metrics) {
        resent |= metrics.metricValues(CoreMetric.RETRY_COUNT).stream().anyMatch(count -> count > 0);
    }

    @Override
    public void close() {}
}
