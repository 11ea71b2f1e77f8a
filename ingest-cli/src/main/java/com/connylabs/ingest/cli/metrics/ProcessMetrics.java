package com.connylabs.ingest.cli.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** The basics of the process, under the names that Prometheus' client libraries agree on. */
final class ProcessMetrics {
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;
    private static final double KIB = 1024;
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMetrics() {}

    static void register(PrometheusRegistry registry, String version) {
        Gauge.builder()
                .name("ingest_build_info")
                .help("Always 1; says which version runs.")
                .labelNames("version")
                .register(registry)
                .labelValues(version)
                .set(1);
        CounterWithCallback.builder()
                .name("process_cpu_seconds_total")
                .help("CPU time that the process has used.")
                .callback(callback -> callback.call(cpuSeconds()))
                .register(registry);
        gauge(
                registry,
                "process_start_time_seconds",
                "When the process started, since the epoch.",
                () -> ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
        gauge(
                registry,
                "jvm_memory_heap_used_bytes",
                "Heap in use, garbage included.",
                () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        gauge(registry, "jvm_threads_current", "Threads.", () -> ManagementFactory.getThreadMXBean()
                .getThreadCount());
        if (Files.isReadable(STATUS)) {
            gauge(registry, "process_resident_memory_bytes", "Resident memory.", ProcessMetrics::residentBytes);
        }
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private static double cpuSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? Math.max(0, os.getProcessCpuTime()) / NANOS
                : 0;
    }

    private static double residentBytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN; // how Prometheus writes "unknown"
        }
    }
}
