package com.connylabs.ingest.s3;

import org.jspecify.annotations.Nullable;

/**
 * Notices when a listing's pages go round in circles, however long the circle is, and remembers one page only. Used by one
 * thread.
 *
 * <p>Source: R. P. Brent, "An improved Monte Carlo factorization algorithm".
 */
final class Circle {
    private @Nullable String milestone;
    private long steps;
    private long limit = 1;

    /** Goes on to a page. True if we have been there before, sooner or later. */
    boolean closesWith(String page) {
        if (page.equals(milestone)) {
            return true;
        }
        if (++steps == limit) {
            milestone = page;
            steps = 0;
            limit *= 2;
        }
        return false;
    }
}
