package com.connylabs.ingest.api.plugin;

import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;

/**
 * Metrics of a plugin's own. They appear on the program's metrics page with the labels {@code component} ({@code source}
 * or {@code destination}), {@code plugin} and {@code name}. Safe to use from many threads; never blocks.
 */
public interface PluginMetrics {
    /** Metrics that go nowhere. */
    PluginMetrics NONE = new PluginMetrics() {
        @Override
        public LongConsumer counter(String name, String help) {
            return amount -> {};
        }

        @Override
        public void gauge(String name, String help, DoubleSupplier value) {}
    };

    /**
     * A counter, starting from 0. Asking twice for a name gives the same counter.
     *
     * @param name as Prometheus wants it, for example {@code ingest_s3_requests_total}
     * @param help what it counts, in a sentence
     * @return adds to the counter
     */
    LongConsumer counter(String name, String help);

    /**
     * A value that goes up and down, read when the page is asked for.
     *
     * @param name as Prometheus wants it
     * @param help what it shows, in a sentence
     * @param value gives the value without blocking
     */
    void gauge(String name, String help, DoubleSupplier value);
}
