package com.connylabs.ingest.cli.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The metrics of processes that copy. The first five have the Go original's names, the others are ours. */
final class DequeueFamilies {
    private static final double[] BUCKETS = {.01, .1, .3, 1, 3, 10, 30, 60, 90, 120, 240, 360, 600};

    final Counter attempts;
    final Counter webhook;
    final Counter client;
    final Counter storage;
    final Histogram storageDuration;
    final Counter elements;
    final Counter bytes;
    final Counter deadLetters;
    final Gauge paused;
    final Gauge concurrency;

    DequeueFamilies(PrometheusRegistry registry) {
        attempts = counter("ingest_dequeue_attempts_total", "Deliveries of messages that were worked on.", "result")
                .register(registry);
        webhook = counter("ingest_webhook_http_client_requests_total", "Requests to the webhook.", "result")
                .register(registry);
        client = counter("ingest_client_operations_total", "Operations on the source.", "operation", "result")
                .register(registry);
        storage = Counter.builder()
                .name("ingest_storage_operations_total")
                .help("Operations on a destination; those on several together have the destination \"multi\".")
                .labelNames("source", "workflow", "destination", "plugin", "operation", "result")
                .register(registry);
        storageDuration = Histogram.builder()
                .name("ingest_storage_operation_duration_seconds")
                .help("How long operations on a destination took.")
                .labelNames("source", "workflow", "destination", "plugin", "operation")
                .classicOnly()
                .classicUpperBounds(BUCKETS)
                .register(registry);
        elements = counter("ingest_elements_total", "Elements that were done with, and how.", "outcome")
                .register(registry);
        bytes = counter(
                        "ingest_copied_bytes_total",
                        "Length of what was copied, counted once whatever the destinations.")
                .register(registry);
        deadLetters = counter("ingest_dead_letters_total", "Elements that were given up on.")
                .register(registry);
        paused = Gauge.builder()
                .name("ingest_workflow_paused")
                .help("1 while a workflow waits because an endpoint is at fault.")
                .labelNames("source", "workflow")
                .register(registry);
        concurrency = Gauge.builder()
                .name("ingest_workflow_concurrency")
                .help("Most elements that are worked on at a time: as configured, or what the endpoints take.")
                .labelNames("source", "workflow")
                .register(registry);
    }

    private static Counter.Builder counter(String name, String help, String... labels) {
        String[] names = new String[labels.length + 2];
        names[0] = "source";
        names[1] = "workflow";
        System.arraycopy(labels, 0, names, 2, labels.length);
        return Counter.builder().name(name).help(help).labelNames(names);
    }
}
