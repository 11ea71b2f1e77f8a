package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Remembers for each workflow that its stream and durable are there. What was seen before a reconnection, or before
 * somebody found something missing, does not count any more. Safe to use from many threads.
 */
final class Routes implements AutoCloseable {
    // A clean exit of an original deletes the durable that it made, and what is published then is dropped.
    private static final Duration TRUST_IN_ORIGINALS = Duration.ofSeconds(5);

    private final NatsConnector connector;
    private final StreamSetup streams;
    private final ConsumerSetup consumers;
    private final Map<String, Seen> known = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Route>> underWay = new ConcurrentHashMap<>();
    private final ExecutorService thread;

    Routes(NatsConnector connector, NatsOptions options) {
        this.connector = connector;
        this.streams = new StreamSetup(connector, options);
        this.consumers = new ConsumerSetup(connector, options);
        var pool = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread made = new Thread(task, "nats-setup");
            made.setDaemon(true);
            return made;
        });
        pool.allowCoreThreadTimeOut(true);
        this.thread = pool;
    }

    /** The route, if it is known; does not block. */
    Optional<Route> known(String workflow) {
        Seen seen = known.get(workflow);
        return seen != null && seen.counts(connector.epoch()) ? Optional.of(seen.route()) : Optional.empty();
    }

    /** The route, after setting up what is missing; blocks for some round trips unless it is known. */
    Route ensure(String workflow) throws IngestException {
        Optional<Route> route = known(workflow);
        return route.isPresent() ? route.get() : setUp(workflow);
    }

    /** The route, set up by another thread; many who ask at once share one set-up. */
    CompletableFuture<Route> later(String workflow) {
        return underWay.computeIfAbsent(workflow, this::start);
    }

    /** Something about the workflow was not as expected: look at it again before the next use. */
    void forget(String workflow) {
        known.remove(workflow);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private CompletableFuture<Route> start(String workflow) {
        CompletableFuture<Route> result = new CompletableFuture<>();
        try {
            thread.execute(() -> complete(result, workflow));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new TransientException("the queue is closed", e));
        }
        return result;
    }

    private void complete(CompletableFuture<Route> result, String workflow) {
        try {
            Route route = ensure(workflow);
            underWay.remove(workflow);
            result.complete(route);
        } catch (IngestException | RuntimeException | Error e) { // else nobody could ever ask again
            underWay.remove(workflow);
            result.completeExceptionally(e);
        }
    }

    private Route setUp(String workflow) throws IngestException {
        long epoch = connector.epoch();
        connector.requireConnected();
        Route route = consumers.ensure(streams.ensure(), workflow);
        known.put(workflow, new Seen(route, epoch, System.nanoTime()));
        return route;
    }

    private record Seen(Route route, long epoch, long nanos) {
        boolean counts(long now) {
            return epoch == now
                    && (route.layout() == StreamLayout.PER_ELEMENT
                            || System.nanoTime() - nanos < TRUST_IN_ORIGINALS.toNanos());
        }
    }
}
