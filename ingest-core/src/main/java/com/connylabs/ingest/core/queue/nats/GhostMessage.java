package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import java.time.Duration;

/** A delivery of a ghost. What the server would do for another message is done here; its end is its deletion. */
final class GhostMessage implements Message {
    private final GhostFinder finder;
    private final Ghost ghost;
    private final Route route;
    private final byte[] data;
    private final long delivery;

    GhostMessage(GhostFinder finder, Ghost ghost, Route route, byte[] data) {
        this.finder = finder;
        this.ghost = ghost;
        this.route = route;
        this.data = data;
        this.delivery = ghost.deliver(route.ackWait());
    }

    @Override
    public byte[] data() {
        return data;
    }

    @Override
    public long deliveries() {
        return delivery;
    }

    @Override
    public void ack() throws IngestException, InterruptedException {
        Interrupts.honoured(() -> finder.end(route, ghost));
    }

    @Override
    public void nak(Duration delay) {
        ghost.delay(delivery, delay);
    }

    @Override
    public void term(DeadLetter letter) throws IngestException, InterruptedException {
        Interrupts.honoured(() -> finder.bury(route, ghost, letter));
    }

    @Override
    public void inProgress() {
        ghost.delay(delivery, route.ackWait());
    }
}
