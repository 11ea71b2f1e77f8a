package com.connylabs.ingest.cli.config;

import java.time.Duration;
import java.util.List;

/**
 * A workflow as it was configured.
 *
 * @param path its path in the file, for example {@code workflows[0]}
 * @param place where it stands
 * @param name made of letters, digits, {@code _} and {@code -}
 * @param source name of the source
 * @param destinations names of the destinations, at least one, each once
 * @param interval from the end of a listing to the start of the next; zero: list once
 * @param copy how elements are copied
 */
public record WorkflowConfig(
        String path,
        Place place,
        String name,
        String source,
        List<String> destinations,
        Duration interval,
        CopyConfig copy) {
    /** Copies the list. */
    public WorkflowConfig {
        destinations = List.copyOf(destinations);
    }
}
