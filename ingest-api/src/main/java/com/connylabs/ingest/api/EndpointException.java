package com.connylabs.ingest.api;

/**
 * The endpoint as a whole seems to be at fault, not the element: refused connections, 401, 403, a missing bucket, 5xx.
 * Until other elements succeed at the same endpoint, the engine pauses the workflow instead of counting attempts. For
 * throttling there is {@link ThrottledException}.
 */
public sealed class EndpointException extends IngestException permits ThrottledException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception without a cause.
     *
     * @param message what failed, on which element and why
     */
    public EndpointException(String message) {
        super(message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message what failed, on which element and why
     * @param cause what made it fail
     */
    public EndpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
