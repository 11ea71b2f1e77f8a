package com.connylabs.ingest.cli.plugins;

import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.ConfigProblem;
import com.connylabs.ingest.api.plugin.Destination;
import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.api.plugin.Source;
import com.connylabs.ingest.cli.config.EndpointConfig;
import com.connylabs.ingest.cli.config.Problems;
import com.connylabs.ingest.cli.config.Suggestion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the sources, or the destinations, that are asked for; each once. */
final class EndpointMaker<T extends AutoCloseable> {
    private static final Logger log = LoggerFactory.getLogger(EndpointMaker.class);

    @FunctionalInterface
    private interface Factory<T> {
        T make(LoadedPlugin plugin, PluginContext context) throws ConfigException, PluginException;
    }

    private final String component;
    private final Map<String, EndpointConfig> configs = new LinkedHashMap<>();
    private final Map<String, T> made = new LinkedHashMap<>();
    private final PluginRegistry plugins;
    private final PluginMetricsFactory metrics;
    private final ClosingStack opened;
    private final Factory<T> factory;

    private EndpointMaker(
            String component,
            List<EndpointConfig> configs,
            PluginRegistry plugins,
            PluginMetricsFactory metrics,
            ClosingStack opened,
            Factory<T> factory) {
        this.component = component;
        this.plugins = plugins;
        this.metrics = metrics;
        this.opened = opened;
        this.factory = factory;
        configs.forEach(config -> this.configs.put(config.name(), config));
    }

    static EndpointMaker<Source> ofSources(
            List<EndpointConfig> configs, PluginRegistry plugins, PluginMetricsFactory metrics, ClosingStack opened) {
        return new EndpointMaker<>("source", configs, plugins, metrics, opened, LoadedPlugin::source);
    }

    static EndpointMaker<Destination> ofDestinations(
            List<EndpointConfig> configs, PluginRegistry plugins, PluginMetricsFactory metrics, ClosingStack opened) {
        return new EndpointMaker<>("destination", configs, plugins, metrics, opened, LoadedPlugin::destination);
    }

    Map<String, T> made() {
        return Collections.unmodifiableMap(made);
    }

    String type(String name) {
        return config(name).type();
    }

    /** The endpoint of a name, or empty if it cannot be made; then the problems say why. */
    Optional<T> make(String name, Problems problems) {
        if (!made.containsKey(name)) {
            makeNew(config(name), problems);
        }
        return Optional.ofNullable(made.get(name));
    }

    private void makeNew(EndpointConfig config, Problems problems) {
        PluginConfig values = new PluginConfig(config.values());
        PluginContext context =
                new PluginContext(config.name(), values, metrics.of(component, config.type(), config.name()));
        try {
            T endpoint = factory.make(plugins.find(config.type()), context);
            opened.add(component + " " + config.name(), endpoint);
            made.put(config.name(), endpoint);
            warnOfUnusedKeys(config, values);
        } catch (ConfigException e) {
            for (ConfigProblem problem : e.problems()) {
                problems.add(config.place(problem.key()), config.path() + "." + problem.key(), problem.reason());
            }
        } catch (PluginException e) {
            problems.add(config.place("type"), config.path() + ".type", String.valueOf(e.getMessage()));
        }
    }

    private static void warnOfUnusedKeys(EndpointConfig config, PluginConfig values) {
        for (String key : values.unusedKeys()) {
            log.warn(
                    "{}: {}.{}: plugin \"{}\" does not know this key{}",
                    config.place(key),
                    config.path(),
                    key,
                    config.type(),
                    Suggestion.of(key, values.knownKeys()));
        }
    }

    private EndpointConfig config(String name) {
        EndpointConfig config = configs.get(name);
        if (config == null) {
            throw new IllegalArgumentException("no " + component + " \"" + name + "\"");
        }
        return config;
    }
}
