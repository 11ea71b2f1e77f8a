package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.cli.http.Health;
import com.connylabs.ingest.cli.http.StatusServer;
import com.connylabs.ingest.cli.logging.Terminal;
import com.connylabs.ingest.cli.logging.Throwables;
import com.connylabs.ingest.cli.metrics.LetterGauge;
import com.connylabs.ingest.cli.metrics.Metrics;
import com.connylabs.ingest.cli.plugins.Endpoints;
import com.connylabs.ingest.core.Backoff;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of all workflows, from connecting to the summary. Used by one thread, which {@link Stop} interrupts. */
final class Session {
    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final String QUEUE = "queue";
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(30);

    private final Mode mode;
    private final Settings settings;
    private final Endpoints endpoints;
    private final Metrics metrics;
    private final Health health = new Health();
    private final Stop stop;
    private final Terminal terminal;

    Session(Mode mode, Settings settings, Endpoints endpoints, Metrics metrics, Stop stop, Terminal terminal) {
        this.mode = mode;
        this.settings = settings;
        this.endpoints = endpoints;
        this.metrics = metrics;
        this.stop = stop;
        this.terminal = terminal;
    }

    /**
     * Runs until the work is done or a stop was asked for.
     *
     * @param opener opens the queue
     * @param out receives the summary of a run that ends by itself
     * @throws FailedException if something failed for good
     * @throws InterruptedException if a stop was asked for before the work began
     */
    void run(QueueOpener opener, PrintStream out) throws FailedException, InterruptedException {
        List<Workflow> workflows = endpoints.workflows().stream()
                .map(config -> new Workflow(config, mode, settings, endpoints, metrics))
                .toList();
        health.fault(QUEUE, "not connected yet");
        Optional<StatusServer> server = startServer();
        try (Checks checks = new Checks(EndpointChecks.of(endpoints, mode))) {
            check(checks);
            try (Queue queue = open(opener);
                    HeapFootprint ignored = HeapFootprint.keep()) {
                health.probe(QUEUE, () -> queue.fault().orElse(""));
                health.ok(QUEUE);
                List<WorkflowRun> runs = workflows.stream()
                        .map(workflow -> workflow.on(queue, stop, health))
                        .toList();
                try (LetterWatch watch = watch(queue, workflows)) {
                    new Working(runs, settings, stop).work(() -> progress(workflows));
                    countForSummary(watch);
                }
                endpoints.close(); // before the queue, which is closed last
                if (settings.once()) {
                    out.print(Summary.of(workflows, runs, mode, settings.queue()));
                }
                new Outcome(workflows, runs, stop, settings.queue()).check(settings.once());
            }
        } finally {
            server.ifPresent(StatusServer::close);
        }
    }

    private static LetterWatch watch(Queue queue, List<Workflow> workflows) {
        Map<String, LetterGauge> gauges =
                workflows.stream().collect(Collectors.toMap(Workflow::name, Workflow::letters));
        return LetterWatch.start(queue.deadLetters(), gauges, LetterWatch.PERIOD);
    }

    /** The summary tells the number at the end and not of some seconds before. */
    private void countForSummary(LetterWatch watch) throws InterruptedException {
        if (settings.once() && !stop.requested()) {
            watch.count();
        }
    }

    private Progress progress(List<Workflow> workflows) {
        return Progress.start(terminal, workflows);
    }

    private Optional<StatusServer> startServer() throws FailedException {
        try {
            StatusServer server = StatusServer.start(settings.listen().address(), metrics, health);
            log.info("listening on port {}", server.port());
            return Optional.of(server);
        } catch (IOException e) {
            if (settings.once() && !settings.listen().asked()) {
                log.warn("{}", e.getMessage());
                return Optional.empty();
            }
            throw new FailedException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private void check(Checks checks) throws FailedException, InterruptedException {
        if (!settings.once()) {
            checks.untilTheyWork(Backoff.DEFAULT, health);
            return;
        }
        List<String> faults = checks.once(CHECK_TIMEOUT);
        if (!faults.isEmpty()) {
            throw new FailedException(faults);
        }
    }

    /** A run that ends by itself fails without a queue; another one waits for it as long as it takes. */
    private Queue open(QueueOpener opener) throws FailedException, InterruptedException {
        String before = "";
        for (long failures = 1; ; failures++) {
            try {
                Queue queue = opener.open();
                log.info("connected to the queue");
                return queue;
            } catch (IngestException e) {
                if (stop.requested()) { // whoever connects may have caught the interrupt
                    throw new InterruptedException("stopped while connecting to the queue");
                }
                String reason = Throwables.message(e);
                if (settings.once()) {
                    throw new FailedException(List.of(reason));
                }
                health.fault(QUEUE, reason);
                if (!reason.equals(before)) {
                    log.warn("{}; trying again until it works", reason);
                }
                before = reason;
                Thread.sleep(Backoff.DEFAULT.after(failures).toMillis());
            }
        }
    }
}
