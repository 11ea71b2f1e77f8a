package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.IngestException;

/** Throws on one thread what was caught on another. */
final class Failures {
    private Failures() {}

    /** Throws it as it is; nothing else may have been caught. */
    static void rethrow(Throwable cause) throws IngestException {
        if (cause instanceof IngestException known) {
            throw known;
        }
        if (cause instanceof RuntimeException fault) {
            throw fault;
        }
        if (cause instanceof Error fault) {
            throw fault;
        }
        throw new IllegalStateException(cause);
    }
}
