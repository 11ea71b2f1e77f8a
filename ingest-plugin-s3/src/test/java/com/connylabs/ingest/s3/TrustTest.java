package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrustTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE); // such clocks may overflow
    private final Trust trust = new Trust("bucket", now::get);

    private void disappoint(int times) {
        for (int i = 0; i < times; i++) {
            assertTrue(trust.isThere(), "after " + i);
            trust.disappoint();
        }
    }

    @Test
    void isLostByThreeFailuresInARow() {
        disappoint(2);
        trust.confirm();
        disappoint(3);
        assertFalse(trust.isThere());
    }

    @Test
    void comesBackAndIsLostByOneFailureThen() {
        disappoint(3);
        now.addAndGet(Trust.PAUSE.toNanos() - 1);
        assertFalse(trust.isThere(), "too early");
        now.addAndGet(1);
        disappoint(1);
        assertFalse(trust.isThere(), "it failed again");
    }

    @Test
    void comesBackAsIfNothingHadBeen() {
        disappoint(3);
        now.addAndGet(Trust.PAUSE.toNanos());
        assertTrue(trust.isThere());
        trust.confirm();
        disappoint(3);
        assertFalse(trust.isThere());
    }
}
