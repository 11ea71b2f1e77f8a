package com.connylabs.ingest.cli.run;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.plugin.Source;
import com.connylabs.ingest.cli.config.CopyConfig;
import com.connylabs.ingest.cli.config.WorkflowConfig;
import com.connylabs.ingest.cli.http.Health;
import com.connylabs.ingest.cli.metrics.LetterGauge;
import com.connylabs.ingest.cli.metrics.Metrics;
import com.connylabs.ingest.cli.metrics.Tally;
import com.connylabs.ingest.cli.plugins.Endpoints;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.dequeue.DequeuerOptions;
import com.connylabs.ingest.core.dequeue.Ending;
import com.connylabs.ingest.core.dequeue.WorkflowDequeuer;
import com.connylabs.ingest.core.enqueue.Comparison;
import com.connylabs.ingest.core.enqueue.EnqueuerOptions;
import com.connylabs.ingest.core.enqueue.Suppression;
import com.connylabs.ingest.core.enqueue.WorkflowEnqueuer;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workflow with its endpoints and its metrics, ready to run as soon as there is a queue. */
final class Workflow {
    /** How long a run that ends by itself waits for a queue or an endpoint that is at fault. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WorkflowConfig config;
    private final Settings settings;
    private final Source source;
    private final List<Target> targets;
    private final boolean copies;
    private final Tally tally = new Tally();
    private final LetterGauge letters;
    private final Optional<WorkflowMetrics> enqueuerMetrics;
    private final Optional<WorkflowMetrics> dequeuerMetrics;

    Workflow(WorkflowConfig config, Mode mode, Settings settings, Endpoints endpoints, Metrics metrics) {
        this.config = config;
        this.settings = settings;
        this.source = requireNonNull(endpoints.sources().get(config.source()));
        this.targets = config.destinations().stream()
                .map(name ->
                        new Target(name, requireNonNull(endpoints.destinations().get(name))))
                .toList();
        this.copies = mode.dequeues();
        this.letters = metrics.letters(config);
        this.enqueuerMetrics = mode.enqueues() ? Optional.of(metrics.enqueuer(config, tally)) : Optional.empty();
        this.dequeuerMetrics = mode.dequeues()
                ? Optional.of(metrics.dequeuer(config, types(config, endpoints), tally))
                : Optional.empty();
    }

    private static Map<String, String> types(WorkflowConfig config, Endpoints endpoints) {
        Map<String, String> types = new HashMap<>();
        config.destinations().forEach(name -> types.put(name, endpoints.destinationType(name)));
        return types;
    }

    String name() {
        return config.name();
    }

    Tally tally() {
        return tally;
    }

    /** How many dead letters it has. */
    LetterGauge letters() {
        return letters;
    }

    /** Whether it lists and copies, so that what was given up once is missing at the end, too. */
    boolean doesEverything() {
        return enqueuerMetrics.isPresent() && dequeuerMetrics.isPresent();
    }

    /** The workflow on a queue, not started. */
    WorkflowRun on(Queue queue, Stop stop, Health health) {
        health.probe("copying of " + name(), () -> {
            String pause = tally.pause();
            return pause.isEmpty() ? "" : "paused: " + pause;
        });
        Optional<EnqueueLoop> enqueue = enqueuerMetrics.map(meters -> new EnqueueLoop(
                name(),
                enqueuer(queue, meters),
                new Turn(() -> queue.lease(name()), Turn.LOOK, stop),
                config.interval(),
                Backoff.DEFAULT,
                stop,
                health));
        Optional<DequeueLoop> dequeue = dequeuerMetrics.map(
                meters -> new DequeueLoop(name(), () -> copying(queue, meters), Backoff.DEFAULT, stop, health));
        return new WorkflowRun(config, enqueue, dequeue, settings.once());
    }

    /** Each listing has a Nexter of its own: one that failed is not asked again. */
    private WatchedEnqueuer enqueuer(Queue queue, WorkflowMetrics meters) {
        EnqueuerOptions options =
                settings.once() ? EnqueuerOptions.DEFAULT.withPatience(PATIENCE) : EnqueuerOptions.DEFAULT;
        Suppression suppression = new Suppression(queue.deadLetters(), name());
        WatchedStocks stocks = new WatchedStocks(targets, copies);
        Comparison comparison = new Comparison(stocks.stocks(), config.copy().copying());
        return new WatchedEnqueuer(
                config.source(),
                watch -> {
                    stocks.watchedBy(watch);
                    try (Nexter nexter = new WatchedNexter(config.source(), source, watch)) {
                        return new WorkflowEnqueuer(queue, nexter, name(), options, meters, suppression, comparison)
                                .enqueue();
                    }
                },
                WatchedEnqueuer.MOST,
                WatchedEnqueuer.GRACE);
    }

    private Copying copying(Queue queue, WorkflowMetrics meters) {
        return new EngineCopying(new WorkflowDequeuer(queue, source, targets, options(), meters));
    }

    private DequeuerOptions options() {
        CopyConfig copy = config.copy();
        return new DequeuerOptions(
                name(),
                copy.copying(),
                copy.webhook(),
                copy.retries(),
                new Ending(settings.shutdownTimeout(), PATIENCE));
    }
}
