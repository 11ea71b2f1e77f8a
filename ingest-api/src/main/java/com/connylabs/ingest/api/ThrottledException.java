package com.connylabs.ingest.api;

/**
 * The endpoint is asked for too much at a time, and says so: 503 SlowDown, 429. What was asked is in order, and can be
 * asked again a little later. The engine works on fewer elements of the workflow at a time, tries this one again and counts
 * no attempt. Where the endpoint refuses everybody, it is at fault as after any {@link EndpointException}.
 */
public final class ThrottledException extends EndpointException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception without a cause.
     *
     * @param message what was refused, and where
     */
    public ThrottledException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what was refused, and where
     * @param cause what made it fail
     */
    public ThrottledException(String message, Throwable cause) {
        super(message, cause);
    }
}
