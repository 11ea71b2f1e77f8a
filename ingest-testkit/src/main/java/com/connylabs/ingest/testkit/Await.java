package com.connylabs.ingest.testkit;

import java.time.Duration;

/** Waits for what gives no signal of its own. The one place in the tests that polls. */
public final class Await {
    private static final long POLL_MILLIS = 10;

    private Await() {}

    /**
     * Waits until a condition holds. An exception counts as "not yet"; the last one is the cause of the failure.
     *
     * @param what is awaited, for the failure's message
     * @param timeout the longest wait
     * @param condition asked again and again
     * @throws AssertionError if it did not hold in time
     * @throws InterruptedException if the thread was interrupted
     */
    public static void until(String what, Duration timeout, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Exception last = null;
        do {
            try {
                if (condition.holds()) {
                    return;
                }
                last = null;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            Thread.sleep(POLL_MILLIS);
        } while (System.nanoTime() < deadline);
        throw new AssertionError("not within " + timeout + ": " + what, last);
    }

    /** Something that becomes true. */
    @FunctionalInterface
    public interface Condition {
        /**
         * Asks.
         *
         * @return whether it is true now
         * @throws Exception if it cannot be told yet
         */
        boolean holds() throws Exception;
    }
}
