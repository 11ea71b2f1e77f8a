package com.connylabs.ingest.cli.config;

import java.util.List;

/**
 * A checked configuration: names are unique, and what a workflow refers to is there.
 *
 * @param sources all of them, used or not
 * @param destinations all of them, used or not
 * @param workflows at least one
 */
public record Config(List<EndpointConfig> sources, List<EndpointConfig> destinations, List<WorkflowConfig> workflows) {
    /** Copies the lists. */
    public Config {
        sources = List.copyOf(sources);
        destinations = List.copyOf(destinations);
        workflows = List.copyOf(workflows);
    }
}
