package com.connylabs.ingest.cli.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The metrics of processes that list. The first has the Go original's name, the others are ours. */
final class EnqueueFamilies {
    final Counter attempts;
    final Counter listed;
    final Counter queued;
    final Counter suppressed;
    final Counter present;

    EnqueueFamilies(PrometheusRegistry registry) {
        attempts = Counter.builder()
                .name("ingest_enqueue_attempts_total")
                .help("Listings of a source.")
                .labelNames("source", "workflow", "result")
                .register(registry);
        listed = Counter.builder()
                .name("ingest_listed_elements_total")
                .help("Elements that listings found.")
                .labelNames("source", "workflow")
                .register(registry);
        queued = Counter.builder()
                .name("ingest_queued_elements_total")
                .help("Elements put into the queue; those that were outstanding already are not counted.")
                .labelNames("source", "workflow")
                .register(registry);
        suppressed = Counter.builder()
                .name("ingest_suppressed_elements_total")
                .help("Elements that listings left out, because each has a dead letter of the same version.")
                .labelNames("source", "workflow")
                .register(registry);
        present = Counter.builder()
                .name("ingest_present_elements_total")
                .help("Elements that listings left out, because those of the destinations show that all have them.")
                .labelNames("source", "workflow")
                .register(registry);
    }
}
