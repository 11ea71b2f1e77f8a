package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;

/** Carries the failure of a body through those who send it. */
final class BodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final IngestException failure;

    BodyException(IngestException failure) {
        super(failure);
        this.failure = failure;
    }

    IngestException failure() {
        return failure;
    }
}
