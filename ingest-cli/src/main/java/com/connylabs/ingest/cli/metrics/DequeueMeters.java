package com.connylabs.ingest.cli.metrics;

import com.connylabs.ingest.cli.config.WorkflowConfig;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the dequeuer of one workflow reports to. */
final class DequeueMeters implements WorkflowMetrics {
    private static final String COMPOSITE = "multi";

    private final ResultCounter attempts;
    private final ResultCounter webhook;
    private final OperationCounters<ClientOperation> client;
    private final Map<String, StorageMeters> storages = new HashMap<>();
    private final Optional<StorageMeters> composite;
    private final CounterDataPoint copied;
    private final CounterDataPoint skipped;
    private final CounterDataPoint gone;
    private final CounterDataPoint bytes;
    private final CounterDataPoint deadLetters;
    private final GaugeDataPoint paused;
    private final GaugeDataPoint concurrency;
    private final QueueFamily queue;
    private final Tally tally;

    DequeueMeters(
            DequeueFamilies families,
            QueueFamily queue,
            WorkflowConfig workflow,
            Map<String, String> pluginTypes,
            Tally tally) {
        this.queue = queue;
        this.tally = tally;
        String source = workflow.source();
        String name = workflow.name();
        attempts = ResultCounter.of(families.attempts, source, name);
        webhook = ResultCounter.of(families.webhook, source, name);
        client = new OperationCounters<>(ClientOperation.class, families.client, source, name);
        copied = families.elements.labelValues(source, name, "copied");
        skipped = families.elements.labelValues(source, name, "skipped");
        gone = families.elements.labelValues(source, name, "gone");
        bytes = families.bytes.labelValues(source, name);
        deadLetters = families.deadLetters.labelValues(source, name);
        paused = families.paused.labelValues(source, name);
        concurrency = families.concurrency.labelValues(source, name);
        for (String destination : workflow.destinations()) {
            String plugin = pluginTypes.getOrDefault(destination, "unknown");
            storages.put(destination, new StorageMeters(families, workflow, destination, plugin));
        }
        composite = workflow.destinations().size() == 1
                ? Optional.empty()
                : Optional.of(new StorageMeters(families, workflow, COMPOSITE, COMPOSITE));
    }

    @Override
    public void dequeueAttempt(Result result) {
        attempts.count(result);
    }

    @Override
    public void webhookRequest(Result result) {
        webhook.count(result);
    }

    @Override
    public void queueOperation(QueueOperation operation, Result result) {
        queue.count(operation, result);
    }

    @Override
    public void clientOperation(ClientOperation operation, Result result) {
        client.count(operation, result);
    }

    @Override
    public void storageOperation(String destination, StorageOperation operation, Result result, Duration took) {
        StorageMeters storage = storages.get(destination);
        if (storage != null) {
            storage.count(operation, result, took);
        }
    }

    @Override
    public void compositeOperation(StorageOperation operation, Result result, Duration took) {
        composite.ifPresent(all -> all.count(operation, result, took));
    }

    @Override
    public void copied(long length) {
        copied.inc();
        bytes.inc(length);
        tally.copied.increment();
        tally.bytes.add(length);
    }

    @Override
    public void skipped() {
        skipped.inc();
        tally.skipped.increment();
    }

    @Override
    public void gone() {
        gone.inc();
        tally.gone.increment();
    }

    @Override
    public void givenUp() {
        deadLetters.inc();
        tally.givenUp.increment();
    }

    @Override
    public void paused(String endpoint, String reason) {
        paused.set(1);
        tally.pause = endpoint + ": " + reason;
    }

    @Override
    public void concurrency(int most) {
        concurrency.set(most);
    }

    @Override
    public void resumed() {
        paused.set(0);
        tally.pause = "";
    }
}
