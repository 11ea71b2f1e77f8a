package com.connylabs.ingest.core.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Lease;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the leases of a real queue do in the course of time, which is short here. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class LeaseStoreContract {
    protected static final Duration TIME = Duration.ofSeconds(5);
    protected static final Duration SOON = Duration.ofSeconds(30);

    /** A queue whose leases last as long as {@link #TIME}. */
    protected abstract Queue queue() throws Exception;

    /** Where that queue keeps its leases; nobody renews what is taken here. */
    protected abstract Leases.Store store() throws Exception;

    @Test
    void aLeaseIsKeptAsLongAsItsHolderLives() throws Exception {
        try (Queue queue = queue();
                Queue second = queue();
                Lease lease = queue.lease("w").orElseThrow()) {
            long start = System.nanoTime();
            Await.until("two lease times to pass", SOON, () -> {
                assertEquals(Optional.empty(), second.lease("w"), "given to another");
                assertTrue(lease.held(), "held");
                return System.nanoTime() - start > TIME.multipliedBy(2).toNanos();
            });
        }
    }

    @Test
    void aDeadHoldersLeaseIsTakenOver() throws Exception {
        takeOverFromTheDead();
    }

    protected final void takeOverFromTheDead() throws Exception {
        Leases.Store dead = store();
        assertTrue(dead.claim("w", "dead"), "claimed");
        long start = System.nanoTime();
        assertTrue(dead.claim("w", "dead"), "renewed");
        try (Queue queue = queue()) {
            assertEquals(Optional.empty(), queue.lease("w"), "given to another at once");
            Await.until("the lease", SOON, () -> queue.lease("w").isPresent());
            long tookMillis = (System.nanoTime() - start) / 1_000_000;
            System.out.println("taken over after " + tookMillis + " ms of " + TIME.toMillis());
            assertTrue(tookMillis > TIME.toMillis() / 2, "taken over after " + tookMillis + " ms");
            assertFalse(dead.claim("w", "dead"), "whoever comes back from the dead has it still");
            dead.release("w", "dead");
            assertEquals(Optional.empty(), queue.lease("w"), "whoever comes back gives away what is another's");
        }
    }
}
