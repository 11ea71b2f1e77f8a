package com.connylabs.ingest.api;

/** What became of a published message; both are successes. */
public enum PublishResult {
    /** The message is in the queue now. */
    QUEUED,
    /** The element was outstanding already; nothing was added. */
    ALREADY_OUTSTANDING
}
