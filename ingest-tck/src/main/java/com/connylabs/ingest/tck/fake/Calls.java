package com.connylabs.ingest.tck.fake;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.IngestException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what is asked of a fake, and lets its hook have a say. Safe to use from many threads. */
final class Calls {
    private record Call(Operation operation, String name) {}

    private final Map<Call, Long> counts = new ConcurrentHashMap<>();
    private volatile Hook hook = Hook.NONE;

    void hook(Hook next) {
        hook = requireNonNull(next, "hook");
    }

    void before(Operation operation, String name) throws IngestException, InterruptedException {
        counts.merge(new Call(operation, name), 1L, Long::sum);
        hook.before(operation, name);
    }

    /** For operations that may not throw InterruptedException; keeps the interrupt for the next one. */
    void beforeUninterruptibly(Operation operation, String name) throws IngestException {
        try {
            before(operation, name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long count(Operation operation, String name) {
        return counts.getOrDefault(new Call(operation, name), 0L);
    }

    long count(Operation operation) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().operation() == operation)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
