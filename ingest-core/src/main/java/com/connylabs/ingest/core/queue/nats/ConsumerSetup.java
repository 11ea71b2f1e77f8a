package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes a workflow's durable, or reads the one that is there. Changes nothing of it but the ack wait, and that only where
 * the configuration has one. Never deletes one: on a stream with interest retention that would empty the stream. Safe to
 * use from many threads.
 */
final class ConsumerSetup {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerSetup.class);

    // jnats cannot say -1, and leaves it to the server then, which takes 1000; delayed naks would fill that.
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final NatsConnector connector;
    private final NatsOptions options;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    ConsumerSetup(NatsConnector connector, NatsOptions options) {
        this.connector = connector;
        this.options = options;
    }

    /**
     * Makes sure that a workflow has its durable.
     *
     * @return where the workflow's messages are
     * @throws PermanentException if what is there cannot be used
     * @throws com.connylabs.ingest.api.EndpointException if the server cannot be asked
     */
    Route ensure(StreamLayout layout, String workflow) throws IngestException {
        Route route = new Route(options, layout, workflow, ackWait(workflow));
        try {
            JetStreamManagement management = connector.connection().jetStreamManagement();
            Optional<ConsumerConfiguration> found = find(management, route);
            ConsumerConfiguration durable =
                    found.isPresent() ? keep(management, route, found.get()) : create(management, route);
            return new Route(options, layout, workflow, durable.getAckWait());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw ApiErrors.endpoint("queue at " + connector.where() + ": setting up durable " + route.durable(), e);
        }
    }

    private Duration ackWait(String workflow) {
        return options.ackWaits().getOrDefault(workflow, NatsOptions.DEFAULT_ACK_WAIT);
    }

    private static Optional<ConsumerConfiguration> find(JetStreamManagement management, Route route)
            throws IOException, JetStreamApiException {
        try {
            ConsumerInfo info = management.getConsumerInfo(route.stream(), route.durable());
            return Optional.of(info.getConsumerConfiguration());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiErrors.CONSUMER_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private ConsumerConfiguration create(JetStreamManagement management, Route route)
            throws IOException, JetStreamApiException, PermanentException {
        ConsumerConfiguration made = put(management, route);
        LOG.atLevel(seen.add(route.workflow()) ? Level.INFO : Level.WARN)
                .addKeyValue("stream", route.stream())
                .addKeyValue("durable", route.durable())
                .log("durable was not there and has been made");
        return made;
    }

    private static ConsumerConfiguration put(JetStreamManagement management, Route route)
            throws IOException, JetStreamApiException, PermanentException {
        ConsumerConfiguration.Builder wanted = ConsumerConfiguration.builder()
                .durable(route.durable())
                .filterSubject(route.filter())
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(route.ackWait());
        try {
            return management
                    .addOrUpdateConsumer(
                            route.stream(), wanted.maxAckPending(UNLIMITED).build())
                    .getConsumerConfiguration();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiErrors.FILTER_NOT_UNIQUE) {
                throw new PermanentException(
                        "stream " + route.stream() + " has another consumer for workflow " + route.workflow() + " than "
                                + route.durable() + "; start all with the same --consumer",
                        e);
            }
            if (e.getApiErrorCode() != ApiErrors.MAX_ACK_PENDING_EXCEEDED) {
                throw e;
            }
            // Without a number the server takes what the account may have.
            return management
                    .addOrUpdateConsumer(
                            route.stream(), wanted.maxAckPending(-1).build())
                    .getConsumerConfiguration();
        }
    }

    private ConsumerConfiguration keep(JetStreamManagement management, Route route, ConsumerConfiguration durable)
            throws IOException, JetStreamApiException, PermanentException {
        requireFit(route, durable);
        if (!seen.add(route.workflow())) {
            return durable;
        }
        boolean asked = options.ackWaits().containsKey(route.workflow());
        if (!route.ackWait().equals(durable.getAckWait())) {
            if (asked) {
                return change(management, route, durable);
            }
            report(route, "ack_wait", durable.getAckWait(), route.ackWait());
        }
        if (durable.getMaxDeliver() > 0) {
            report(route, "max_deliver", durable.getMaxDeliver(), "no limit");
        }
        Duration inactive = durable.getInactiveThreshold();
        if (inactive != null && !inactive.isZero()) {
            report(route, "inactive_threshold", inactive, "none");
        }
        return durable;
    }

    private static void requireFit(Route route, ConsumerConfiguration durable) throws PermanentException {
        String deliverSubject = durable.getDeliverSubject();
        boolean fits = List.of(route.filter()).equals(durable.getFilterSubjects())
                && durable.getAckPolicy() == AckPolicy.Explicit
                && (deliverSubject == null || deliverSubject.isEmpty());
        if (!fits) {
            throw new PermanentException("durable " + route.durable() + " of stream " + route.stream()
                    + " is there and does not fit: ingest needs a pull consumer with explicit ack and the filter "
                    + route.filter() + ", and it has ack policy " + durable.getAckPolicy() + " and the filter "
                    + durable.getFilterSubjects() + "; choose another --consumer");
        }
    }

    private static ConsumerConfiguration change(
            JetStreamManagement management, Route route, ConsumerConfiguration durable)
            throws IOException, JetStreamApiException {
        LOG.atInfo()
                .addKeyValue("durable", route.durable())
                .addKeyValue("ackWait", durable.getAckWait() + " -> " + route.ackWait())
                .log("durable changed as the configuration asks");
        return management
                .addOrUpdateConsumer(
                        route.stream(),
                        ConsumerConfiguration.builder(durable)
                                .ackWait(route.ackWait())
                                .build())
                .getConsumerConfiguration();
    }

    private static void report(Route route, String setting, Object has, Object wouldHave) {
        LOG.atWarn()
                .addKeyValue("durable", route.durable())
                .addKeyValue("setting", setting)
                .addKeyValue("has", has)
                .addKeyValue("ingestWouldHave", wouldHave)
                .log("durable differs from what ingest would have made; kept as it is");
    }
}
