package com.connylabs.ingest.it.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long the parts of a run took. Used by one thread. */
final class Clock {
    private final List<String> laps = new ArrayList<>();
    private long last = System.nanoTime();

    void lap(String name) {
        long now = System.nanoTime();
        laps.add(name + " after " + Duration.ofNanos(now - last).toSeconds() + " s");
        last = now;
    }

    @Override
    public String toString() {
        return String.join(", ", laps);
    }
}
