package com.connylabs.ingest.core.dequeue;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which elements an endpoint has told to slow down since it last took anything. Tells the endpoint that takes less than it
 * is asked for from the one that takes nothing. Not safe to use from several threads.
 */
final class Refusals {
    /** In a row, and with waits between: a moment in which nobody gets through is no outage. */
    private static final int MOST_IN_A_ROW = 3;

    private static final int MOST_REMEMBERED = 10_000;

    private final Map<String, Map<String, Integer>> inARow = new HashMap<>();

    /** It took something. */
    void taken(String endpoint) {
        inARow.remove(endpoint);
    }

    /**
     * It told an element to slow down.
     *
     * @param endpoint which
     * @param id the element
     * @param all those that are being tried now
     * @return whether it takes nobody: this one has been told often enough, and none is under way that has not
     */
    boolean hopeless(String endpoint, String id, Collection<String> all) {
        Map<String, Integer> refused = inARow.computeIfAbsent(endpoint, unknown -> new BoundedMap<>(MOST_REMEMBERED));
        return refused.merge(id, 1, Integer::sum) >= MOST_IN_A_ROW
                && refused.keySet().containsAll(all);
    }
}
