package com.connylabs.ingest.api;

/**
 * What one listing of a source came to.
 *
 * @param listed elements that the source has
 * @param queued elements that were put into the queue
 * @param alreadyOutstanding elements that were in the queue already
 * @param suppressed elements that were left out, because each has a dead letter of the same version
 * @param present elements that were left out, because the destinations' listings show that every one of them has it
 */
public record Listing(long listed, long queued, long alreadyOutstanding, long suppressed, long present) {
    /**
     * A listing that was not compared with those of the destinations.
     *
     * @param listed see the record
     * @param queued see the record
     * @param alreadyOutstanding see the record
     * @param suppressed see the record
     */
    public Listing(long listed, long queued, long alreadyOutstanding, long suppressed) {
        this(listed, queued, alreadyOutstanding, suppressed, 0);
    }

    /**
     * A listing that left nothing out.
     *
     * @param listed see the record
     * @param queued see the record
     * @param alreadyOutstanding see the record
     */
    public Listing(long listed, long queued, long alreadyOutstanding) {
        this(listed, queued, alreadyOutstanding, 0, 0);
    }
}
