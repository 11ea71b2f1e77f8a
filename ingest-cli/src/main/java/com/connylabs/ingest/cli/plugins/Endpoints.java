package com.connylabs.ingest.cli.plugins;

import com.connylabs.ingest.api.plugin.Destination;
import com.connylabs.ingest.api.plugin.Source;
import com.connylabs.ingest.cli.config.Config;
import com.connylabs.ingest.cli.config.InvalidConfigException;
import com.connylabs.ingest.cli.config.Problem;
import com.connylabs.ingest.cli.config.Problems;
import com.connylabs.ingest.cli.config.WorkflowConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The sources and destinations that the workflows use, each made once. Those that no workflow uses are never made.
 * Closes what it made, the last first.
 */
public final class Endpoints implements AutoCloseable {
    private final EndpointMaker<Source> sources;
    private final EndpointMaker<Destination> destinations;
    private final List<WorkflowConfig> workflows = new ArrayList<>();
    private final List<Problem> skipped = new ArrayList<>();
    private final ClosingStack opened;

    private Endpoints(Config config, PluginRegistry plugins, PluginMetricsFactory metrics) {
        this.opened = new ClosingStack();
        this.sources = EndpointMaker.ofSources(config.sources(), plugins, metrics, opened);
        this.destinations = EndpointMaker.ofDestinations(config.destinations(), plugins, metrics, opened);
    }

    /**
     * Makes what the workflows of a configuration use. Does no I/O but reading jars.
     *
     * @param config the configuration
     * @param strict whether a workflow that cannot start is an error; else it is left out
     * @param plugins where to find plugins; closed by the caller, after this
     * @param metrics gives each endpoint its metrics
     * @return the endpoints
     * @throws InvalidConfigException if a workflow cannot start and that is an error, or if none can
     */
    public static Endpoints open(Config config, boolean strict, PluginRegistry plugins, PluginMetricsFactory metrics)
            throws InvalidConfigException {
        Endpoints endpoints = new Endpoints(config, plugins, metrics);
        config.workflows().forEach(endpoints::add);
        if (endpoints.workflows.isEmpty() || (strict && !endpoints.skipped.isEmpty())) {
            endpoints.close();
            throw new InvalidConfigException(endpoints.skipped);
        }
        return endpoints;
    }

    private void add(WorkflowConfig workflow) {
        Problems problems = new Problems();
        Optional<Source> source = sources.make(workflow.source(), problems);
        for (String name : workflow.destinations()) {
            Optional<Destination> destination = destinations.make(name, problems);
            if (source.isPresent() && destination.isPresent()) {
                refuseOverlap(workflow, source.get(), name, destination.get(), problems);
            }
        }
        if (problems.isEmpty()) {
            workflows.add(workflow);
        } else {
            problems.all().stream()
                    .filter(problem -> !skipped.contains(problem))
                    .forEach(skipped::add);
        }
    }

    private static void refuseOverlap(
            WorkflowConfig workflow, Source source, String name, Destination destination, Problems problems) {
        try {
            URI from = source.location();
            URI to = destination.location();
            if (Overlap.between(from, to)) {
                problems.add(workflow.place(), workflow.path(), overlap(workflow.source(), from, name, to));
            }
        } catch (RuntimeException e) {
            problems.add(workflow.place(), workflow.path(), "a plugin cannot tell its location: " + Causes.of(e));
        }
    }

    private static String overlap(String source, URI from, String destination, URI to) {
        return "destination \"" + destination + "\" (" + to + ") and source \"" + source + "\" (" + from
                + ") overlap, so that copies would be listed and copied again;"
                + " give them buckets, prefixes or directories apart from each other";
    }

    /**
     * The workflows that can start.
     *
     * @return at least one
     */
    public List<WorkflowConfig> workflows() {
        return List.copyOf(workflows);
    }

    /**
     * Why the other workflows cannot start.
     *
     * @return empty if all can
     */
    public List<Problem> skipped() {
        return List.copyOf(skipped);
    }

    /**
     * The sources of the workflows that can start, by name.
     *
     * @return in the order of their making
     */
    public Map<String, Source> sources() {
        return used(sources.made(), workflow -> List.of(workflow.source()));
    }

    /**
     * The destinations of the workflows that can start, by name.
     *
     * @return in the order of their making
     */
    public Map<String, Destination> destinations() {
        return used(destinations.made(), WorkflowConfig::destinations);
    }

    /** Without those that were made for a workflow that turned out not to start. */
    private <T> Map<String, T> used(Map<String, T> made, Function<WorkflowConfig, List<String>> names) {
        Set<String> used = workflows.stream()
                .flatMap(workflow -> names.apply(workflow).stream())
                .collect(Collectors.toSet());
        Map<String, T> kept = new LinkedHashMap<>(made);
        kept.keySet().retainAll(used);
        return kept;
    }

    /**
     * The plugin's type of a destination.
     *
     * @param name name of the destination
     * @return for example {@code s3}
     */
    public String destinationType(String name) {
        return destinations.type(name);
    }

    @Override
    public void close() {
        opened.close();
    }
}
