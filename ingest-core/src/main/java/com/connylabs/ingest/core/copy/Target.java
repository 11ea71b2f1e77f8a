package com.connylabs.ingest.core.copy;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.Storage;
import com.connylabs.ingest.api.plugin.Destination;

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

    /** Of the name only: targets are keys of maps for every element, and a plugin's storage need not be quick about its own. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /**
     * Whether it is a directory: on another machine, the same path may lead to another one, or to an older state of it.
     *
     * @return true if its location is a {@code file:} URI
     */
    public boolean isDirectory() {
        return storage instanceof Destination destination
                && "file".equals(destination.location().getScheme());
    }
}
