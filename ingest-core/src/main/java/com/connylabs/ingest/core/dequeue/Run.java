package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.copy.Fan;
import com.connylabs.ingest.core.copy.ObjectCopy;
import com.connylabs.ingest.core.copy.PartBuffers;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.copy.Watch;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.core.metrics.WorkflowMetrics.QueueOperation;
import com.connylabs.ingest.core.webhook.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One run of a dequeuer, from its first message to its last: the loop, and everything that has to be closed after it. */
final class Run implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Run.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration DRAINING_POLL = Duration.ofMillis(100);
    private static final Duration INTERRUPTED_ENDING = Duration.ofSeconds(10);

    /** The wait before one element more at a time is tried again, unless the options have shorter ones. */
    private static final Backoff GROWTH = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /**
     * When a call hangs.
     *
     * @param patience how long it may make no progress before it is interrupted
     * @param ending how long it may take to end then
     */
    record Stalling(Duration patience, Duration ending) {
        static final Stalling DEFAULT = new Stalling(Duration.ofSeconds(60), Duration.ofSeconds(5));
    }

    private final Queue queue;
    private final DequeuerOptions options;
    private final WorkflowMetrics metrics;
    private final RunState state;
    private final Slots slots;
    private final EndpointGate gate;
    private final Heartbeat heartbeat;
    private final ExecutorService workers;
    private final ExecutorService lanes;
    private final ExecutorService parts;
    private final Watch watch;
    private final Tidying tidying;
    private final @Nullable Webhook webhook;
    private final Worker worker;
    private long queueFailures;
    private long queueFailing;
    private boolean idle;

    Run(
            Queue queue,
            Client source,
            List<Target> targets,
            DequeuerOptions options,
            WorkflowMetrics metrics,
            PartBuffers buffers,
            RunState state,
            Stalling stalling) {
        this.queue = queue;
        this.options = options;
        this.metrics = metrics;
        this.state = state;
        String name = "ingest-" + options.workflow();
        this.slots = new Slots(
                options.copying().concurrency(),
                options.retries().backoff().orSooner(GROWTH),
                metrics,
                System::nanoTime);
        this.gate = new EndpointGate(options.retries().backoff(), metrics);
        this.heartbeat = new Heartbeat(options.workflow(), options.retries().ackWait());
        this.workers = Threads.pool(name, options.copying().concurrency());
        // Twice as many as there are destinations to write to: one that was dropped may take a moment to end.
        this.lanes = Threads.pool(name + "-lane", 2 * options.copying().concurrency() * targets.size());
        this.parts = Threads.sharedPool(name + "-part");
        this.watch = new Watch(stalling.patience(), stalling.ending(), lanes);
        this.tidying = Tidying.start(options.workflow(), targets);
        this.webhook = options.webhook()
                .map(hook -> new Webhook(options.workflow(), hook, metrics))
                .orElse(null);
        Pace requests = Pace.of(options.copying().limits().requestsPerSecond());
        Fan fan = new Fan(lanes, watch);
        Endpoints endpoints = endpoints(source, targets, fan, buffers, requests);
        ServerCopy servers = new ServerCopy(source, endpoints, fan, requests);
        this.worker = new Worker(
                options,
                new ElementCopy(endpoints, servers, options, webhook),
                slots,
                gate,
                new Attempts(options.retries().attempts()),
                new Undertaker(options.workflow(), options.retries().backoff(), metrics),
                metrics,
                watch,
                heartbeat);
    }

    private Endpoints endpoints(Client source, List<Target> targets, Fan fan, PartBuffers buffers, Pace requests) {
        Pace bytes = Pace.of(options.copying().limits().bytesPerSecond());
        return new Endpoints(
                PacedClient.of(source, requests, bytes),
                targets,
                fan,
                new ObjectCopy(fan, parts, buffers),
                requests,
                gate,
                metrics);
    }

    void loop() throws IngestException, InterruptedException {
        @Nullable Subscription subscription = null;
        try (var ignored = MDC.putCloseable("workflow", options.workflow())) {
            while (!state.stopping() && !drained(subscription)) {
                checkPatience();
                try {
                    subscription = subscription == null ? queue.subscribe(options.workflow()) : subscription;
                    subscription.ackWait().ifPresent(heartbeat::within);
                    take(subscription);
                    queueWorks();
                } catch (EndpointException | TransientException e) {
                    queueFailed(e);
                }
            }
        } finally {
            if (subscription != null) {
                subscription.close();
            }
        }
    }

    /** Whether there is nothing left to wait for; asked of the queue only when it had nothing to give. */
    private boolean drained(@Nullable Subscription subscription) throws IngestException, InterruptedException {
        if (!state.draining() || subscription == null || !idle || !slots.awaitDecided(Duration.ZERO)) {
            return false;
        }
        try {
            return queue.outstanding(options.workflow()) == 0;
        } catch (EndpointException | TransientException e) {
            queueFailed(e);
            return false;
        }
    }

    private void take(Subscription subscription) throws IngestException, InterruptedException {
        int room = slots.take(poll());
        idle = room == 0 && slots.stuckFor(Duration.ZERO);
        int given = 0;
        try {
            int wanted = room == 0 ? 0 : gate.admit(room, POLL);
            // While waiting for a slot we may have been told to stop: then its freedom is for nobody.
            if (wanted > 0 && !state.stopping()) {
                List<Message> messages = pop(subscription, wanted);
                idle = messages.isEmpty();
                for (Message message : messages) {
                    start(message);
                    given++;
                }
            }
        } finally {
            slots.release(room - given);
        }
    }

    private List<Message> pop(Subscription subscription, int wanted) throws IngestException, InterruptedException {
        Result result = Result.ERROR;
        try {
            List<Message> messages = subscription.pop(wanted, poll());
            result = Result.SUCCESS;
            return messages;
        } finally {
            metrics.queueOperation(QueueOperation.POP, result);
        }
    }

    /** Short when an empty queue is what we wait for. */
    private Duration poll() {
        return state.draining() ? DRAINING_POLL : POLL;
    }

    private void start(Message message) {
        heartbeat.hold(message);
        workers.execute(() -> {
            try (var ignored = MDC.putCloseable("workflow", options.workflow())) {
                worker.work(message);
            } finally {
                heartbeat.release(message);
                slots.release(1);
            }
        });
    }

    private void queueFailed(IngestException e) throws IngestException, InterruptedException {
        if (queueFailures++ == 0) {
            queueFailing = System.nanoTime();
            log.atWarn().addKeyValue("reason", e.getMessage()).log("queue cannot be used; trying again until it can");
        }
        if (state.draining()
                && System.nanoTime() - queueFailing
                        > options.ending().patience().toNanos()) {
            throw e;
        }
        Thread.sleep(options.retries().backoff().after(queueFailures).toMillis());
    }

    private void queueWorks() {
        if (queueFailures > 0) {
            log.info("queue works again");
            queueFailures = 0;
        }
    }

    private void checkPatience() throws EndpointException {
        Duration patience = options.ending().patience();
        if (!state.draining()) {
            return;
        }
        Optional<String> outage = gate.outageLongerThan(patience);
        if (outage.isPresent()) {
            throw new EndpointException("paused for " + patience.toSeconds()
                    + " s, giving up for now; the work stays queued: " + outage.get());
        }
        if (slots.stuckFor(patience)) {
            throw new EndpointException("all slots have been kept for " + patience.toSeconds()
                    + " s by calls that do not return, giving up for now; the work stays queued");
        }
    }

    /** Lets what is running finish within the shut-down time-out, or until interrupted, then hands it back. */
    @Override
    public void close() {
        gate.close();
        slots.close();
        tidying.close();
        workers.shutdown();
        boolean interrupted = !endWorkers();
        watch.close();
        lanes.shutdownNow();
        parts.shutdownNow();
        if (webhook != null) {
            webhook.close();
        }
        heartbeat.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those that are left behind are told to end, and not waited for. False if the thread was interrupted meanwhile. */
    private boolean endWorkers() {
        boolean quiet = true;
        for (Duration limit : List.of(options.ending().shutdownTimeout(), INTERRUPTED_ENDING)) {
            try {
                if (slots.awaitDecided(limit)) {
                    workers.shutdownNow();
                    return quiet;
                }
            } catch (InterruptedException e) {
                quiet = false;
            }
            log.atWarn()
                    .addKeyValue("elements", slots.held())
                    .log("still running, and told to end; what does not finish is delivered again");
            watch.end();
            workers.shutdownNow();
        }
        return quiet;
    }
}
