package com.connylabs.ingest.core.metrics;

/** How an attempt ended. */
public enum Result {
    /** It did what it should. */
    SUCCESS,
    /** It did not. */
    ERROR
}
