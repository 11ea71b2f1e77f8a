package com.connylabs.ingest.core.copy;

/** Tells a thread whose call hung that others have taken over; it has nothing left to do but to go. */
public final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AbandonedException(String name) {
        super("the call to " + name + " has returned, but was given up long ago");
    }
}
