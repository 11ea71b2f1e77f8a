package com.connylabs.ingest.core.queue.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Goes once through a workflow's messages up to a sequence. It begins somewhere in the middle, so that several workers who
 * go through the same messages meet few of them at the same time.
 */
final class GhostSweep {
    private final long start;
    private final long bound;
    private long from;
    private boolean secondHalf;

    GhostSweep(long first, long bound) {
        this.start = ThreadLocalRandom.current().nextLong(first, bound + 1);
        this.bound = bound;
        this.from = start;
    }

    /** The next message, or empty at the end. */
    Optional<MessageInfo> next(JetStreamManagement management, Route route) throws IOException, JetStreamApiException {
        Optional<MessageInfo> found = next(management, route, secondHalf ? start - 1 : bound);
        if (found.isEmpty() && !secondHalf) {
            secondHalf = true;
            from = 1;
            found = next(management, route, start - 1);
        }
        return found;
    }

    private Optional<MessageInfo> next(JetStreamManagement management, Route route, long end)
            throws IOException, JetStreamApiException {
        if (from > end) {
            return Optional.empty();
        }
        Optional<MessageInfo> found = first(management, route, from).filter(message -> message.getSeq() <= end);
        found.ifPresent(message -> from = message.getSeq() + 1);
        return found;
    }

    /** The first message of a workflow that has at least this sequence. */
    static Optional<MessageInfo> first(JetStreamManagement management, Route route, long from)
            throws IOException, JetStreamApiException {
        return StreamMessages.first(management, route.stream(), from, route.filter());
    }
}
