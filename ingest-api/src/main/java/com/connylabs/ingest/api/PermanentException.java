package com.connylabs.ingest.api;

/**
 * Trying again does not help: a name that the destination cannot take, an object over its limits, a refusal by the
 * plugin. The element goes to the dead letters at once.
 */
public non-sealed class PermanentException extends IngestException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception without a cause.
     *
     * @param message what failed, on which element and why
     */
    public PermanentException(String message) {
        super(message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message what failed, on which element and why
     * @param cause what made it fail
     */
    public PermanentException(String message, Throwable cause) {
        super(message, cause);
    }
}
