package com.connylabs.ingest.core.dequeue;

import static java.util.Objects.requireNonNull;

/**
 * What is done with an element.
 *
 * @param concurrency the most elements that are worked on at the same time
 * @param cleanUp whether to remove from the source what was stored everywhere
 * @param onChange what to do when a destination has another version
 * @param limits how fast it may go
 */
public record CopyOptions(int concurrency, boolean cleanUp, OnChange onChange, Limits limits) {
    /** Eight at a time, as in the Go original; changes are copied, nothing is removed. */
    public static final CopyOptions DEFAULT = new CopyOptions(8, false, OnChange.COPY);

    /** Checks that something is done at all. */
    public CopyOptions {
        requireNonNull(onChange, "onChange");
        requireNonNull(limits, "limits");
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, not " + concurrency);
        }
    }

    /**
     * Options without limits.
     *
     * @param concurrency see the record
     * @param cleanUp see the record
     * @param onChange see the record
     */
    public CopyOptions(int concurrency, boolean cleanUp, OnChange onChange) {
        this(concurrency, cleanUp, onChange, Limits.NONE);
    }
}
