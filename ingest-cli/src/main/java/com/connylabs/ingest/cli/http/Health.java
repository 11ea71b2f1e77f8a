package com.connylabs.ingest.cli.http;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What is wrong at the moment. Safe to use from many threads. */
public final class Health {
    private final Map<String, String> faults = new ConcurrentHashMap<>();
    private final Map<String, Supplier<String>> probes = new ConcurrentHashMap<>();

    /**
     * Notes that a part does not work.
     *
     * @param part for example {@code queue} or {@code workflow photos}
     * @param reason why, for an operator
     */
    public void fault(String part, String reason) {
        faults.put(part, reason);
    }

    /**
     * Notes that a part works.
     *
     * @param part as it was called before
     */
    public void ok(String part) {
        faults.remove(part);
    }

    /**
     * Adds a part that is asked each time.
     *
     * @param part what to call it
     * @param reason says without blocking why it does not work; empty if it does
     */
    public void probe(String part, Supplier<String> reason) {
        probes.put(part, reason);
    }

    /**
     * What is wrong now.
     *
     * @return reasons by part, in the order of the parts; empty if all is well
     */
    public Map<String, String> faults() {
        Map<String, String> all = new TreeMap<>(faults);
        probes.forEach((part, probe) -> {
            String reason = probe.get();
            if (!reason.isEmpty()) {
                all.putIfAbsent(part, reason);
            }
        });
        return Collections.unmodifiableMap(all);
    }
}
