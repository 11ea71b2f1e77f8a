package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Lease;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.core.queue.Leases;
import com.connylabs.ingest.core.queue.WorkflowName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The queue on NATS JetStream. Stream and durables are made when they are first needed, by whichever side needs them, and
 * made again when they vanish. The connection is made again for ever.
 *
 * <p>What completes a publish runs on the connection's own thread and must not block.
 *
 * <p>Source: connylabs/ingest, queue/nats.go; NATS, ADR-8 and ADR-15.
 */
public final class NatsQueue implements Queue {
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final NatsConnector connector;
    private final NatsOptions options;
    private final Routes routes;
    private final NatsPublisher publisher;
    private final NatsDeadLetters deadLetters;
    private final OutstandingCount outstanding;
    private final Map<String, GhostFinder> ghosts = new ConcurrentHashMap<>();
    private final InFlight inFlight = new InFlight();
    private final Leases leases;

    private NatsQueue(NatsConnector connector, NatsOptions options, Duration leaseTime) {
        this.connector = connector;
        this.options = options;
        this.routes = new Routes(connector, options);
        this.publisher = new NatsPublisher(connector, routes);
        this.deadLetters = new NatsDeadLetters(connector, options);
        this.outstanding = new OutstandingCount(connector);
        this.leases = new Leases(new NatsLeases(connector, options, leaseTime), leaseTime);
    }

    /**
     * Connects, once; the caller tries again if that fails. Changes nothing on the server.
     *
     * @param options where to, and how
     * @return a queue with a connection
     * @throws EndpointException if the server cannot be reached, or does not let us in; says where and why
     * @throws InterruptedException if the thread was interrupted
     */
    public static NatsQueue connect(NatsOptions options) throws EndpointException, InterruptedException {
        return connect(options, Leases.TIME);
    }

    static NatsQueue connect(NatsOptions options, Duration leaseTime) throws EndpointException, InterruptedException {
        return new NatsQueue(NatsConnector.open(options), options, leaseTime);
    }

    @Override
    public CompletableFuture<PublishResult> publish(String workflow, String id, byte[] data) {
        return inFlight.track(publisher.publish(WorkflowName.require(workflow), id, data));
    }

    @Override
    public Subscription subscribe(String workflow) throws IngestException, InterruptedException {
        WorkflowName.require(workflow);
        Interrupts.honoured(() -> {
            Route route = routes.ensure(workflow);
            deadLetters.ensure();
            return route;
        });
        return new NatsSubscription(
                connector,
                routes,
                ghosts.computeIfAbsent(workflow, name -> new GhostFinder(connector, deadLetters)),
                workflow,
                (route, message) -> new NatsMessage(connector, deadLetters, workflow, message));
    }

    @Override
    public long outstanding(String workflow) throws IngestException, InterruptedException {
        WorkflowName.require(workflow);
        return Interrupts.honoured(() -> outstanding.of(routes.ensure(workflow)));
    }

    @Override
    public DeadLetters deadLetters() {
        return new NatsLetters(connector, publisher, options);
    }

    @Override
    public Optional<Lease> lease(String workflow) throws IngestException, InterruptedException {
        return Interrupts.honoured(() -> leases.take(workflow));
    }

    @Override
    public boolean connected() {
        return connector.connected();
    }

    @Override
    public Optional<String> fault() {
        return connector.connected() ? Optional.empty() : Optional.of(connector.fault());
    }

    @Override
    public void close() {
        leases.close();
        inFlight.await(connector.connected() ? LINGER : Duration.ZERO);
        routes.close();
        connector.close();
    }
}
