package com.connylabs.ingest.s3;

import java.util.HashMap;
import java.util.Map;

/**
 * Knows which destinations write their markers into the same place: a marker there does not tell whose object was stored,
 * so none of them may believe it. Safe to use from many threads.
 */
final class MarkerPlaces {
    /**
     * Where markers are; equal if they have the same keys in the same bucket, however that was configured.
     *
     * @param store as {@link Endpoint#store} has it
     * @param start what the markers' keys begin with, up to the elements' names
     */
    record Place(String store, String bucket, String start) {}

    private static final class Users {
        private int open;
        private boolean shared;
    }

    private final Map<Place, Users> places = new HashMap<>();

    synchronized void enter(Place place) {
        Users users = places.computeIfAbsent(place, p -> new Users());
        users.open++;
        users.shared |= users.open > 1;
    }

    /** The markers that others wrote stay, so a place that was shared is shared until the last one has left. */
    synchronized void leave(Place place) {
        Users users = places.get(place);
        if (users != null && --users.open == 0) {
            places.remove(place);
        }
    }

    synchronized boolean shared(Place place) {
        Users users = places.get(place);
        return users != null && users.shared;
    }
}
