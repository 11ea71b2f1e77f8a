package com.connylabs.ingest.core.queue.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ack wait that a durable has: an operator, or another process with another configuration, may change it while its
 * messages are worked on. Used by one thread at a time.
 */
final class AckWait {
    private static final Logger LOG = LoggerFactory.getLogger(AckWait.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final NatsConnector connector;
    private @Nullable Duration last;
    private long looked;

    AckWait(NatsConnector connector) {
        this.connector = connector;
    }

    /** What the last look has found. */
    Optional<Duration> last() {
        return Optional.ofNullable(last);
    }

    /** Asks the server when it is time to and it can be asked. */
    void look(Route route) {
        boolean due = last == null || System.nanoTime() - looked >= PERIOD.toNanos();
        if (due && connector.connected()) {
            looked = System.nanoTime();
            last = ask(route);
        }
    }

    private Duration ask(Route route) {
        try {
            return connector
                    .connection()
                    .jetStreamManagement()
                    .getConsumerInfo(route.stream(), route.durable())
                    .getConsumerConfiguration()
                    .getAckWait();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            LOG.atDebug().addKeyValue("durable", route.durable()).setCause(e).log("cannot look up the ack wait");
            return last().orElse(route.ackWait());
        }
    }
}
