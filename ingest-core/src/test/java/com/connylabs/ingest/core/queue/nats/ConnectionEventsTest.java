package com.connylabs.ingest.core.queue.nats;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.nats.client.ConnectionListener.Events;
import org.junit.jupiter.api.Test;

class ConnectionEventsTest {
    private final ConnectionEvents events = new ConnectionEvents("here", () -> {});

    /** Messages may come over the next connection before anybody is told of it. */
    @Test
    void anEpochEndsWithItsConnection() {
        tell(Events.CONNECTED);
        long first = events.epoch();
        tell(Events.DISCONNECTED);
        long between = events.epoch();
        tell(Events.RESUBSCRIBED);
        assertNotEquals(first, between);
        assertNotEquals(between, events.epoch());
    }

    private void tell(Events event) {
        events.connectionEvent(null, event, 0L, "");
    }
}
