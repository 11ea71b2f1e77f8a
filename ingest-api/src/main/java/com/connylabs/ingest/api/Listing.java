package com.connylabs.ingest.api;

/**
 * What one listing of a source came to.
 *
 * @param listed elements that the source has
 * @param queued elements that were put into the queue
 * @param alreadyOutstanding elements that were in the queue already
 * @param suppressed elements that were left out, because each has a dead letter of the same version
 */
public record Listing(long listed, long queued, long alreadyOutstanding, long suppressed) {
    /**
     * A listing that left nothing out.
     *
     * @param listed see the record
     * @param queued see the record
     * @param alreadyOutstanding see the record
     */
    public Listing(long listed, long queued, long alreadyOutstanding) {
        this(listed, queued, alreadyOutstanding, 0);
    }
}
