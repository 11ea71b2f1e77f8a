package com.connylabs.ingest.api;

/**
 * The destination was changed since it was looked at, so nothing was stored: it may have something newer. The engine looks
 * again at once, and counts no attempt unless that happens again and again.
 */
public final class ChangedException extends TransientException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception without a cause.
     *
     * @param message what was not stored, and where
     */
    public ChangedException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what was not stored, and where
     * @param cause what made it fail
     */
    public ChangedException(String message, Throwable cause) {
        super(message, cause);
    }
}
