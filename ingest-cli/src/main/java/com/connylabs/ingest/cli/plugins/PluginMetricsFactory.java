package com.connylabs.ingest.cli.plugins;

import com.connylabs.ingest.api.plugin.PluginMetrics;

/** Gives each source and destination the metrics that carry its labels. */
@FunctionalInterface
public interface PluginMetricsFactory {
    /** Every endpoint gets metrics that go nowhere. */
    PluginMetricsFactory NONE = (component, plugin, name) -> PluginMetrics.NONE;

    /**
     * Metrics for one endpoint.
     *
     * @param component {@code source} or {@code destination}
     * @param plugin the plugin's type
     * @param name the endpoint's name
     * @return the metrics
     */
    PluginMetrics of(String component, String plugin, String name);
}
