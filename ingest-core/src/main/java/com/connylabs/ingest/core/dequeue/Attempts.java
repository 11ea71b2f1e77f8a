package com.connylabs.ingest.core.dequeue;

import java.util.Map;

/**
 * Counts how often an element was really tried: the queue's deliveries, less those that we gave back because an endpoint
 * was at fault or we were stopping. What is forgiven is remembered for a bounded number of elements, the latest ones.
 * Safe to use from many threads.
 */
final class Attempts {
    private static final int MOST_REMEMBERED = 10_000;

    private final Map<String, Long> forgiven = new BoundedMap<>(MOST_REMEMBERED);

    /** Does not count a delivery; says how many of this element have not been counted. */
    synchronized long forgive(String id) {
        return forgiven.merge(id, 1L, Long::sum);
    }

    synchronized void forget(String id) {
        forgiven.remove(id);
    }

    synchronized long count(String id, long deliveries) {
        return Math.max(1, deliveries - forgiven.getOrDefault(id, 0L));
    }
}
