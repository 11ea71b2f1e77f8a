package com.connylabs.ingest.api.plugin;

import static java.util.Objects.requireNonNull;

/**
 * A value that must not be seen in a log, an error or a metric.
 *
 * @param reveal the value itself
 */
public record Secret(String reveal) {
    /** Checks that there is a value. */
    public Secret {
        requireNonNull(reveal, "reveal");
    }

    /** Three asterisks, whatever the value. */
    @Override
    public String toString() {
        return "***";
    }
}
