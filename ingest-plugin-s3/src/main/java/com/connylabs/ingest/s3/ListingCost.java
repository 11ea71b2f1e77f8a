package com.connylabs.ingest.s3;

/**
 * What a listing has cost so far, and whether it may cost more than a flat one would: a sixteenth more at the most, and
 * four requests. Safe to use from many threads.
 */
final class ListingCost {
    private static final int FREE = 4;
    private static final int SHARE = 16;

    private long requests;
    private long keys;
    private long fullPage = 1;

    /** A page has come. */
    synchronized void add(int objects) {
        requests++;
        keys += objects;
        fullPage = Math.max(fullPage, objects);
    }

    /** Keys that have come are of no use. */
    synchronized void discard(long objects) {
        keys -= objects;
    }

    /** Whether a number of requests that a flat listing would not make are cheap enough. */
    synchronized boolean allows(long further) {
        return requests - keys / fullPage + further <= FREE + requests / SHARE;
    }

    /** How many pages have come. */
    synchronized long requests() {
        return requests;
    }

    /** How many pages a number of keys fills. */
    synchronized long pages(long objects) {
        return (objects + fullPage - 1) / fullPage;
    }
}
