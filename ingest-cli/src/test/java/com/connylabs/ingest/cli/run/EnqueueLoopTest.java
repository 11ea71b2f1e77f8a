package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Enqueuer;
import com.connylabs.ingest.api.Lease;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.cli.http.Health;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.tck.fake.InMemoryQueue;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EnqueueLoopTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Listing LISTING = new Listing(1, 1, 0);

    private final Stop stop = new Stop();
    private final Health health = new Health();
    private final AtomicInteger listings = new AtomicInteger();
    private final InMemoryQueue queue = new InMemoryQueue();

    @BeforeEach
    void doNotInterruptTheTest() {
        stop.detach();
    }

    @Test
    void listsAgainAfterTheInterval() throws Exception {
        loop(() -> count(3), SHORT).forEver();
        assertEquals(3, listings.get(), "listings until the stop");
    }

    @Test
    void intervalOfZeroListsOnce() throws Exception {
        loop(() -> count(99), Duration.ZERO).forEver();
        assertEquals(1, listings.get(), "listings");
    }

    @Test
    void failureIsShownAndTriedAgain() throws Exception {
        Enqueuer failingTwice = () -> {
            Listing listing = count(99);
            if (listings.get() <= 2) {
                throw new TransientException("list in: reset");
            }
            return listing;
        };
        loop(failingTwice, Duration.ZERO).forEver();
        assertEquals(3, listings.get(), "listings");
        assertEquals(Map.of(), health.faults(), "faults after success");
    }

    @Test
    void whatFailsForGoodIsNotTriedSoonerThanTheInterval() throws Exception {
        Enqueuer failing = () -> {
            count(3);
            throw new PermanentException("1 element cannot be queued");
        };
        long start = System.nanoTime();
        loop(failing, Duration.ofMillis(300)).forEver();
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        assertTrue(millis >= 600, "two intervals in " + millis + " ms");
    }

    @Test
    void anErrorOfAPluginDoesNotEndTheLoop() throws Exception {
        Enqueuer broken = () -> {
            count(3);
            throw new NoClassDefFoundError("com/example/Gone");
        };
        loop(broken, SHORT).forEver();
        assertEquals(3, listings.get(), "listings");
        assertEquals(
                Map.of("listing of w", "NoClassDefFoundError: com/example/Gone"), health.faults(), "faults meanwhile");
    }

    @Test
    void aSingleListingGivesTheReasonOfItsFailure() throws Exception {
        Enqueuer broken = () -> {
            throw new TransientException("list in: reset");
        };
        assertEquals(Optional.of("list in: reset"), loop(broken, SHORT).once(), "failure");
        assertTrue(loop(() -> count(99), SHORT).once().isEmpty(), "success");
    }

    @Test
    void oneListsAndTheOtherStandsByAndIsReady() throws Exception {
        Lease elsewhere = queue.another().lease("w").orElseThrow();
        health.fault("listing of w", "from before");
        Thread standby = started(loop(() -> count(2), SHORT));
        Await.until("three requests for the lease", LONG, () -> queue.calls(Operation.LEASE, "w") >= 3);
        assertEquals(0, listings.get(), "listings while another lists");
        assertEquals(Map.of(), health.faults(), "faults of one who stands by");
        elsewhere.close();
        standby.join();
        assertEquals(2, listings.get(), "listings after the other has ended");
        assertTrue(queue.another().lease("w").isPresent(), "not given back at the end");
    }

    @Test
    void whoHasLostTheLeaseStandsBy() throws Exception {
        CompletableFuture<Lease> taken = new CompletableFuture<>();
        Enqueuer losing = () -> {
            Listing listing = count(3);
            if (listings.get() == 1) {
                queue.forgetLeases();
                taken.complete(queue.another().lease("w").orElseThrow());
            }
            return listing;
        };
        Thread loop = started(loop(losing, SHORT));
        Lease elsewhere = taken.get(30, TimeUnit.SECONDS);
        Await.until("three requests for the lease", LONG, () -> queue.calls(Operation.LEASE, "w") >= 4);
        assertEquals(1, listings.get(), "listings after the loss");
        elsewhere.close();
        loop.join();
        assertEquals(3, listings.get(), "listings");
    }

    @Test
    void aQueueThatCannotBeAskedForTheLeaseIsAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        queue.hook((operation, name) -> {
            if (asked.incrementAndGet() < 4) {
                throw new EndpointException("down");
            }
        });
        loop(() -> count(1), SHORT).forEver();
        assertEquals(1, listings.get(), "listings");
        assertEquals(4, asked.get(), "requests for the lease");
    }

    @Test
    void aSingleListingNeedsNoLease() throws Exception {
        Lease elsewhere = queue.another().lease("w").orElseThrow();
        assertTrue(loop(() -> count(99), SHORT).once().isEmpty(), "failure");
        assertTrue(elsewhere.held(), "taken away");
    }

    @Test
    void whileAListingHangsTheLeaseIsAnothers() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        WatchedEnqueuer hanging = new WatchedEnqueuer(
                "in",
                watch -> {
                    Listing listing = count(3);
                    if (listings.get() == 1) {
                        WatchedEnqueuerTest.hang(watch, end);
                    }
                    return listing;
                },
                SHORT.multipliedBy(100),
                SHORT);
        EnqueueLoop loop = new EnqueueLoop(
                "w",
                hanging,
                new Turn(() -> queue.lease("w"), SHORT, stop),
                SHORT,
                new Backoff(SHORT, SHORT),
                stop,
                health);
        Thread running = started(loop);
        Await.until("a listing", LONG, () -> listings.get() == 1);
        Lease[] elsewhere = new Lease[1];
        Await.until("the lease", LONG, () -> {
            queue.another().lease("w").ifPresent(lease -> elsewhere[0] = lease);
            return elsewhere[0] != null;
        });
        assertTrue(health.faults().get("listing of w").contains("cannot be interrupted"), "" + health.faults());
        assertEquals(1, listings.get(), "listings beside the one that hangs");
        end.countDown();
        elsewhere[0].close();
        running.join();
        assertEquals(3, listings.get(), "listings");
    }

    private static Thread started(EnqueueLoop loop) {
        Thread thread = new Thread(() -> {
            try {
                loop.forEver();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Counts a listing, and asks to stop after a number of them. */
    private Listing count(int last) {
        if (listings.incrementAndGet() == last) {
            stop.request();
        }
        return LISTING;
    }

    private EnqueueLoop loop(Enqueuer enqueuer, Duration interval) {
        return new EnqueueLoop(
                "w",
                new WatchedEnqueuer("in", watch -> enqueuer.enqueue(), Duration.ofMinutes(1), LONG),
                new Turn(() -> queue.lease("w"), SHORT, stop),
                interval,
                new Backoff(SHORT, SHORT),
                stop,
                health);
    }
}
