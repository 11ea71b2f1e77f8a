package com.connylabs.ingest.bench;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one run of one subject took.
 *
 * @param subject who did the work
 * @param values what was measured, by name with unit, in the order of the table's columns
 */
public record Sample(String subject, Map<String, Double> values) {

    String json(String scenario) {
        String numbers = values.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + String.format(Locale.ROOT, "%.4f", entry.getValue()))
                .collect(Collectors.joining(","));
        return "{\"scenario\":\"" + scenario + "\",\"subject\":\"" + subject + "\"," + numbers + "}";
    }
}
