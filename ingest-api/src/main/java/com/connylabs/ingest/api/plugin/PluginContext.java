package com.connylabs.ingest.api.plugin;

import static java.util.Objects.requireNonNull;

/**
 * What a plugin gets to make a source or a destination from.
 *
 * @param name the name that the configuration gives to the source or destination
 * @param config its keys and values
 * @param metrics where it can count what it does
 */
public record PluginContext(String name, PluginConfig config, PluginMetrics metrics) {
    /** Checks that nothing is missing. */
    public PluginContext {
        requireNonNull(name, "name");
        requireNonNull(config, "config");
        requireNonNull(metrics, "metrics");
    }

    /**
     * A context whose metrics go nowhere, for tests and library use.
     *
     * @param name the name of the source or destination
     * @param config its keys and values
     */
    public PluginContext(String name, PluginConfig config) {
        this(name, config, PluginMetrics.NONE);
    }
}
