package com.connylabs.ingest.testkit.s3;

/** Ends the handling of a request with an S3 error. */
final class StubError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    StubError(int status, String code) {
        super(status + " " + code);
        this.status = status;
        this.code = code;
    }

    StubResponse response() {
        return StubResponse.error(status, code);
    }
}
