package com.connylabs.ingest.testkit.proxy;

import java.util.Map;
import java.util.Random;

/**
 * How likely each fault is for a request.
 *
 * @param probabilities from 0 to 1, by fault; what is missing does not happen, and the sum is at most 1
 */
public record Faults(Map<Fault, Double> probabilities) {
    /** A calm network. */
    public static final Faults NONE = new Faults(Map.of());

    /** Checks the sum; copies the map. */
    public Faults {
        probabilities = Map.copyOf(probabilities);
        double sum =
                probabilities.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum > 1 || probabilities.values().stream().anyMatch(p -> p < 0)) {
            throw new IllegalArgumentException("not probabilities: " + probabilities);
        }
    }

    /** One fault, or none. The order of the faults is that of the enum, so that a seed means the same everywhere. */
    Fault draw(Random random) {
        double left = random.nextDouble();
        for (Fault fault : Fault.values()) {
            left -= probabilities.getOrDefault(fault, 0.0);
            if (left < 0) {
                return fault;
            }
        }
        return Fault.NONE;
    }
}
