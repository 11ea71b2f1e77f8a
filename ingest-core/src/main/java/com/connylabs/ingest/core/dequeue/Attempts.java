package com.connylabs.ingest.core.dequeue;

import java.time.Instant;
import java.util.Map;

/**
 * Counts how often an element was really tried: the queue's deliveries, less those that we gave back because an endpoint
 * was at fault or we were stopping. Those are remembered here, for a bounded number of elements, the latest ones.
 *
 * <p>What was delivered before this process met the element may have been an outage just as well as a failure, and nobody
 * can tell any more. It counts for no more than half of the attempts: a process that was started anew never gives an
 * element up on somebody else's failures alone, and one that always fails still comes to its end. Safe to use from many
 * threads.
 */
final class Attempts {
    private static final int MOST_REMEMBERED = 10_000;

    /** What is known of an element. Guarded by the map's owner. */
    private static final class Known {
        private final Instant first = Instant.now();
        private final long before;
        private long forgiven;

        Known(long before) {
            this.before = before;
        }
    }

    private final int most;
    private final Map<String, Known> elements = new BoundedMap<>(MOST_REMEMBERED);

    /** Counts for elements that may be tried so often. */
    Attempts(int most) {
        this.most = most;
    }

    /** Notes that an element was delivered; says when that was for the first time, as far as this process knows. */
    synchronized Instant met(String id, long deliveries) {
        return known(id, deliveries).first;
    }

    /** Does not count a delivery; says how many of this element have not been counted. */
    synchronized long forgive(String id, long deliveries) {
        return ++known(id, deliveries).forgiven;
    }

    synchronized void forget(String id) {
        elements.remove(id);
    }

    /** How often the element was tried, this time included. */
    synchronized long count(String id, long deliveries) {
        Known known = known(id, deliveries);
        return Math.max(1, deliveries - known.before - known.forgiven);
    }

    private Known known(String id, long deliveries) {
        return elements.computeIfAbsent(id, unknown -> new Known(Math.max(0, deliveries - 1 - most / 2)));
    }
}
