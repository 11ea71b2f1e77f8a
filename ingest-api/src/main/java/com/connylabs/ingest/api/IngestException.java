package com.connylabs.ingest.api;

import org.jspecify.annotations.Nullable;

/**
 * Something failed; the subtype says what the caller should do about it.
 *
 * <p>Messages say what failed, on which element, why, and where possible what to do next. They never contain a secret.
 */
public abstract sealed class IngestException extends Exception
        permits TransientException, EndpointException, PermanentException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, on which element and why
     * @param cause what made it fail, or null
     */
    protected IngestException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
