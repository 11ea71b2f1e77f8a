package com.connylabs.ingest.core.dequeue;

/** What to do when the destination has an older version of an element. */
public enum OnChange {
    /** Copy it again. */
    COPY,
    /** Leave what is there. */
    SKIP
}
