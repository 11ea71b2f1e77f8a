package com.connylabs.ingest.cli.metrics;

import com.connylabs.ingest.api.plugin.PluginMetrics;
import com.connylabs.ingest.cli.plugins.PluginMetricsFactory;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics that plugins add. One that cannot be shown (its name is not allowed, or taken) is reported and goes
 * nowhere: it must not keep a plugin from working.
 */
final class PluginFamilies implements PluginMetricsFactory {
    private static final Logger log = LoggerFactory.getLogger(PluginFamilies.class);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final String[] LABELS = {"component", "plugin", "name"};

    private record Labels(String component, String plugin, String name) {
        String[] values() {
            return new String[] {component, plugin, name};
        }
    }

    private record Reading(Labels labels, DoubleSupplier value) {}

    private final PrometheusRegistry registry;
    private final Map<String, Counter> counters = new HashMap<>();
    private final Map<String, List<Reading>> gauges = new HashMap<>();

    PluginFamilies(PrometheusRegistry registry) {
        this.registry = registry;
    }

    @Override
    public PluginMetrics of(String component, String plugin, String name) {
        Labels labels = new Labels(component, plugin, name);
        return new PluginMetrics() {
            @Override
            public LongConsumer counter(String metric, String help) {
                return addCounter(labels, metric, help);
            }

            @Override
            public void gauge(String metric, String help, DoubleSupplier value) {
                addGauge(labels, metric, help, value);
            }
        };
    }

    private synchronized LongConsumer addCounter(Labels labels, String metric, String help) {
        try {
            checkName(metric);
            Counter counter = counters.computeIfAbsent(metric, missing -> Counter.builder()
                    .name(metric)
                    .help(help)
                    .labelNames(LABELS)
                    .register(registry));
            return counter.labelValues(labels.values())::inc;
        } catch (IllegalArgumentException e) {
            return refused(labels, metric, e);
        }
    }

    private synchronized void addGauge(Labels labels, String metric, String help, DoubleSupplier value) {
        try {
            checkName(metric);
            List<Reading> readings = gauges.get(metric);
            if (readings == null) {
                readings = new CopyOnWriteArrayList<>();
                register(metric, help, readings);
                gauges.put(metric, readings);
            }
            readings.removeIf(reading -> reading.labels().equals(labels));
            readings.add(new Reading(labels, value));
        } catch (IllegalArgumentException e) {
            refused(labels, metric, e);
        }
    }

    private void register(String metric, String help, List<Reading> readings) {
        GaugeWithCallback.builder()
                .name(metric)
                .help(help)
                .labelNames(LABELS)
                .callback(callback -> readings.forEach(reading ->
                        callback.call(read(reading.value()), reading.labels().values())))
                .register(registry);
    }

    /** The library would change a name that is not allowed into one that is. */
    private static void checkName(String metric) {
        if (!NAME.matcher(metric).matches()) {
            throw new IllegalArgumentException("not a metric's name");
        }
    }

    /** A plugin's mistake must not take the whole page away. */
    private static double read(DoubleSupplier value) {
        try {
            return value.getAsDouble();
        } catch (RuntimeException | LinkageError e) {
            log.atDebug().setCause(e).log("a plugin's gauge cannot be read");
            return Double.NaN;
        }
    }

    private static LongConsumer refused(Labels labels, String metric, IllegalArgumentException reason) {
        log.atWarn()
                .addKeyValue("plugin", labels.plugin())
                .addKeyValue("metric", metric)
                .setCause(reason)
                .log("a plugin's metric is not shown");
        return amount -> {};
    }
}
