package com.connylabs.ingest.api;

/** What {@link Client#cleanUp} found at the source. */
public enum CleanUpResult {
    /** The version that was copied has been removed. */
    REMOVED,
    /** Nothing was there any more. */
    GONE,
    /** Another version is there now; it was left alone, and has to be copied. */
    CHANGED
}
