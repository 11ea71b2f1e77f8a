package com.connylabs.ingest.cli.metrics;

import com.connylabs.ingest.cli.config.WorkflowConfig;
import com.connylabs.ingest.cli.plugins.PluginMetricsFactory;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All metrics of the program, and the page that shows them. Safe to use from many threads once it is set up. */
public final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PluginFamilies plugins = new PluginFamilies(registry);
    private final QueueFamily queue = new QueueFamily(registry);
    private final Counter instantiationFailures = Counter.builder()
            .name("ingest_workflow_instantiation_failures_total")
            .help("Workflows that could not be started.")
            .register(registry);
    private final Gauge letters = Gauge.builder()
            .name("ingest_dead_letters_current")
            .help("Dead letters that the queue holds, whichever process gave the elements up; NaN while unknown.")
            .labelNames("source", "workflow")
            .register(registry);
    private final Optional<EnqueueFamilies> enqueue;
    private final Optional<DequeueFamilies> dequeue;
    private final ExpositionFormats formats = ExpositionFormats.init();

    /**
     * Metrics without any workflow.
     *
     * @param enqueues whether this process lists
     * @param dequeues whether this process copies
     * @param version of the program
     */
    public Metrics(boolean enqueues, boolean dequeues, String version) {
        enqueue = enqueues ? Optional.of(new EnqueueFamilies(registry)) : Optional.empty();
        dequeue = dequeues ? Optional.of(new DequeueFamilies(registry)) : Optional.empty();
        ProcessMetrics.register(registry, version);
    }

    /**
     * Counts workflows that could not be started.
     *
     * @param workflows how many more
     */
    public void instantiationFailures(int workflows) {
        instantiationFailures.inc(workflows);
    }

    /**
     * The metrics of a workflow's enqueuer, which all start at 0.
     *
     * @param workflow the workflow
     * @param tally counts the same for the summary
     * @return what the enqueuer reports to
     * @throws java.util.NoSuchElementException if this process does not list
     */
    public WorkflowMetrics enqueuer(WorkflowConfig workflow, Tally tally) {
        return new EnqueueMeters(enqueue.orElseThrow(), queue, workflow, tally);
    }

    /**
     * The metrics of a workflow's dequeuer, which all start at 0.
     *
     * @param workflow the workflow
     * @param pluginTypes the types of the destinations' plugins, by destination
     * @param tally counts the same for the summary
     * @return what the dequeuer reports to
     * @throws java.util.NoSuchElementException if this process does not copy
     */
    public WorkflowMetrics dequeuer(WorkflowConfig workflow, Map<String, String> pluginTypes, Tally tally) {
        return new DequeueMeters(dequeue.orElseThrow(), queue, workflow, pluginTypes, tally);
    }

    /**
     * The number of a workflow's dead letters, unknown at first.
     *
     * @param workflow the workflow
     * @return to be told of it
     */
    public LetterGauge letters(WorkflowConfig workflow) {
        return new LetterGauge(letters, workflow);
    }

    /**
     * The metrics of plugins.
     *
     * @return gives each endpoint its own
     */
    public PluginMetricsFactory plugins() {
        return plugins;
    }

    /**
     * The format that a client of the page wants.
     *
     * @param accept the request's Accept header, if there is one
     * @return its media type
     */
    public String contentType(@Nullable String accept) {
        return writer(accept).getContentType();
    }

    /**
     * Writes the page.
     *
     * @param accept the request's Accept header, if there is one
     * @param out receives the page
     * @throws IOException if it cannot be written
     */
    public void write(@Nullable String accept, OutputStream out) throws IOException {
        writer(accept).write(out, registry.scrape());
    }

    private ExpositionFormatWriter writer(@Nullable String accept) {
        boolean openMetrics =
                accept != null && formats.getOpenMetricsTextFormatWriter().accepts(accept);
        return openMetrics ? formats.getOpenMetricsTextFormatWriter() : formats.getPrometheusTextFormatWriter();
    }
}
