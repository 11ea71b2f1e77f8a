package com.connylabs.ingest.cli.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The wish to stop. Made by the thread that runs the program, which is interrupted when the wish comes while it waits for
 * something; safe to use from many threads.
 */
public final class Stop {
    private final CountDownLatch requested = new CountDownLatch(1);
    private @Nullable Thread waiting = Thread.currentThread();

    /** Asks to stop. Safe to call twice. */
    public synchronized void request() {
        if (!requested()) {
            requested.countDown();
            if (waiting != null) {
                waiting.interrupt();
            }
        }
    }

    /**
     * Whether it was asked for.
     *
     * @return true from the request on
     */
    public boolean requested() {
        return requested.getCount() == 0;
    }

    /** Waits for the request. True if it came in time. */
    boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** From now on the thread that runs the program is not interrupted any more; it is busy stopping. */
    synchronized void detach() {
        waiting = null;
        boolean ignored = Thread.interrupted();
    }
}
