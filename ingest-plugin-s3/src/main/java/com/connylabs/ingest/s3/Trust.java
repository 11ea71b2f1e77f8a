package com.connylabs.ingest.s3;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether it is worth while to ask without the SDK first: not for some minutes after the SDK has achieved several times in a
 * row what had failed without it. Safe to use from many threads.
 */
final class Trust {
    /** How long it is gone. */
    static final Duration PAUSE = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(Trust.class);
    private static final int MOST_FAILURES = 3;

    private final String bucket;
    private final LongSupplier nanoTime;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long lostAt;

    /** There at first. */
    Trust(String bucket, LongSupplier nanoTime) {
        this.bucket = bucket;
        this.nanoTime = nanoTime;
    }

    boolean isThere() {
        return failures.get() < MOST_FAILURES || nanoTime.getAsLong() - lostAt >= PAUSE.toNanos();
    }

    /** It went well. */
    void confirm() {
        failures.set(0);
    }

    /** It failed, and the SDK achieved it. */
    void disappoint() {
        lostAt = nanoTime.getAsLong();
        if (failures.incrementAndGet() == MOST_FAILURES) {
            log.atInfo()
                    .addKeyValue("bucket", bucket)
                    .log("requests that fail without the SDK go well with it, so it makes them all for some minutes");
        }
    }
}
