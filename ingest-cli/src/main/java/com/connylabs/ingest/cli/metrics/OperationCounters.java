package com.connylabs.ingest.cli.metrics;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.core.metrics.Result;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The series of a counter with {@code operation} and {@code result} as its last labels, all there from the start. */
final class OperationCounters<E extends Enum<E>> {
    private final Map<E, ResultCounter> counters;

    OperationCounters(Class<E> operations, Counter counter, String... labels) {
        counters = new EnumMap<>(operations);
        for (E operation : operations.getEnumConstants()) {
            String[] values = new String[labels.length + 1];
            System.arraycopy(labels, 0, values, 0, labels.length);
            values[labels.length] = label(operation);
            counters.put(operation, ResultCounter.of(counter, values));
        }
    }

    static String label(Enum<?> operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    void count(E operation, Result result) {
        requireNonNull(counters.get(operation)).count(result);
    }
}
