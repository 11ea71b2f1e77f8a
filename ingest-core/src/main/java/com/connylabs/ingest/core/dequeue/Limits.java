package com.connylabs.ingest.core.dequeue;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * What one worker may ask of a workflow's endpoints at the most; empty is no limit.
 *
 * @param bytesPerSecond what is downloaded, over time; each destination that lacks an object is sent as much
 * @param requestsPerSecond what is asked of source and destinations together, over time; each part of a large object is one
 */
public record Limits(OptionalLong bytesPerSecond, OptionalLong requestsPerSecond) {
    /** As fast as it goes. */
    public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty());

    /** Checks that something is let through. */
    public Limits {
        requireNonNull(bytesPerSecond, "bytesPerSecond");
        requireNonNull(requestsPerSecond, "requestsPerSecond");
        if (bytesPerSecond.orElse(1) < 1 || requestsPerSecond.orElse(1) < 1) {
            throw new IllegalArgumentException("limits must be positive, not " + bytesPerSecond + " bytes and "
                    + requestsPerSecond + " requests a second");
        }
    }
}
