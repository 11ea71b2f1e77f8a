package com.connylabs.ingest.api;

/**
 * This attempt failed, and another may succeed: a body that ended early, a source object that changed on the way, a lost
 * connection in the middle of a transfer. Costs the element one of its attempts.
 */
public sealed class TransientException extends IngestException permits ChangedException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception without a cause.
     *
     * @param message what failed, on which element and why
     */
    public TransientException(String message) {
        super(message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message what failed, on which element and why
     * @param cause what made it fail
     */
    public TransientException(String message, Throwable cause) {
        super(message, cause);
    }
}
