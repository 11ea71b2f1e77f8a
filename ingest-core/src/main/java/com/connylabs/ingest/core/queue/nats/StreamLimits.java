package com.connylabs.ingest.core.queue.nats;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What was asked for explicitly about the stream. Empty: whatever an existing stream has, else the default.
 *
 * @param replicas on how many servers the stream is kept; default 1
 * @param maxMessages the most messages in the stream, 0 for no limit; default no limit
 */
public record StreamLimits(OptionalInt replicas, OptionalLong maxMessages) {
    /** Nothing was asked for. */
    public static final StreamLimits DEFAULT = new StreamLimits(OptionalInt.empty(), OptionalLong.empty());

    /** Checks the ranges. */
    public StreamLimits {
        if (replicas.orElse(1) < 1 || replicas.orElse(1) > 5) {
            throw new IllegalArgumentException("stream replicas must be 1 to 5: " + replicas.getAsInt());
        }
        if (maxMessages.orElse(0) < 0) {
            throw new IllegalArgumentException("most messages must not be negative: " + maxMessages.getAsLong());
        }
    }
}
