package com.connylabs.ingest.core.queue.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nats.client.ConnectionListener.Events;
import org.junit.jupiter.api.Test;

class ConnectionEventsTest {
    private final ConnectionEvents events = new ConnectionEvents("here", () -> {});

    /** Messages may come over the next connection, and that be lost too, before anybody is told of it. */
    @Test
    void aLossCountsBeforeTheNextConnectionIsToldOf() {
        tell(Events.CONNECTED);
        tell(Events.DISCONNECTED);
        assertEquals(1, events.losses());
        tell(Events.DISCONNECTED);
        assertEquals(2, events.losses());
        tell(Events.RESUBSCRIBED);
        assertEquals(2, events.losses());
    }

    private void tell(Events event) {
        events.connectionEvent(null, event, 0L, "");
    }
}
