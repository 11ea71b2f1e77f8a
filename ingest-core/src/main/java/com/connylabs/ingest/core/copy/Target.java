package com.connylabs.ingest.core.copy;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.Storage;

/**
 * A destination under the name that the configuration gives to it.
 *
 * @param name for logs, metrics and dead letters
 * @param storage where to store
 */
public record Target(String name, Storage storage) {
    /** Checks that nothing is missing. */
    public Target {
        requireNonNull(name, "name");
        requireNonNull(storage, "storage");
    }
}
