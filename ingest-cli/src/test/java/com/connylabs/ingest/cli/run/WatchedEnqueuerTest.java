package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.cli.run.WatchedNexter.Watch;
import com.connylabs.ingest.tck.fake.Hook;
import com.connylabs.ingest.tck.fake.InMemorySource;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

@Timeout(60)
class WatchedEnqueuerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration MOST = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Listing LISTING = new Listing(1, 1, 0);

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger listings = new AtomicInteger();

    @Test
    void aSourceThatHangsIsInterruptedAndListedAfresh() throws Exception {
        WatchedEnqueuer enqueuer = enqueuer(watch -> {
            if (listings.incrementAndGet() == 1) {
                inPlugin(watch, (operation, name) -> new CountDownLatch(1).await());
            }
            return LISTING;
        });
        TransientException e = assertThrows(TransientException.class, enqueuer::enqueue);
        assertTrue(String.valueOf(e.getMessage()).contains("source in has given nothing for 2s"), e.getMessage());
        assertEquals(LISTING, enqueuer.enqueue(), "the next");
    }

    @Test
    void besideOneThatCannotBeInterruptedNoneIsStarted() throws Exception {
        WatchedEnqueuer enqueuer = enqueuer(watch -> {
            listings.incrementAndGet();
            hang(watch, end);
            return LISTING;
        });
        EndpointException e = assertThrows(EndpointException.class, enqueuer::enqueue);
        assertTrue(String.valueOf(e.getMessage()).contains("cannot be interrupted"), e.getMessage());
        assertThrows(EndpointException.class, enqueuer::enqueue, "while it hangs");
        assertEquals(1, listings.get(), "listings that were started");
        end.countDown();
        Await.until("idleness", LONG, () -> {
            enqueuer.requireIdle();
            return true;
        });
        assertEquals(LISTING, enqueuer.enqueue(), "the next");
    }

    @Test
    void onlyTheTimeInThePluginCounts() throws Exception {
        WatchedEnqueuer enqueuer = enqueuer(watch -> {
            inPlugin(watch, Hook.NONE);
            assertFalse(end.await(MOST.toMillis() * 5 / 2, TimeUnit.MILLISECONDS), "a queue that is full for a while");
            return LISTING;
        });
        assertEquals(LISTING, enqueuer.enqueue(), "a listing that waits for the queue");
    }

    @Test
    void whatAListingThrowsComesOut() {
        assertThrows(NoClassDefFoundError.class, () -> enqueuer(watch -> {
                    throw new NoClassDefFoundError("gone");
                })
                .enqueue());
        assertThrows(IllegalStateException.class, () -> enqueuer(watch -> {
                    throw new IllegalStateException("gone");
                })
                .enqueue());
        assertThrows(EndpointException.class, () -> enqueuer(watch -> {
                    throw new EndpointException("gone");
                })
                .enqueue());
        assertThrows(
                TransientException.class,
                () -> enqueuer(watch -> {
                            throw new InterruptedException("a plugin's own");
                        })
                        .enqueue(),
                "only a stop ends the loop");
    }

    @Test
    void whoeverListsLogsForTheWorkflow() throws Exception {
        MDC.put("workflow", "w");
        try {
            enqueuer(watch -> {
                        assertEquals("w", MDC.get("workflow"), "context");
                        return LISTING;
                    })
                    .enqueue();
        } finally {
            MDC.remove("workflow");
        }
    }

    @Test
    void aStopEndsTheListing() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        WatchedEnqueuer enqueuer = enqueuer(watch -> {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.countDown();
            }
            return LISTING;
        });
        Thread test = Thread.currentThread();
        Thread stopping = new Thread(() -> {
            try {
                entered.await();
                test.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopping.start();
        assertThrows(InterruptedException.class, enqueuer::enqueue);
        assertEquals(0, ended.getCount(), "the listing goes on");
        stopping.join();
    }

    /** Does not come back before it is let go, whoever interrupts it. */
    static void hang(Watch watch, CountDownLatch end) throws IngestException, InterruptedException {
        inPlugin(watch, (operation, name) -> {
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
    }

    private static void inPlugin(Watch watch, Hook what) throws IngestException, InterruptedException {
        InMemorySource source = new InMemorySource();
        source.hook(what);
        try (Nexter nexter = new WatchedNexter("in", source, watch)) {
            nexter.reset();
        }
    }

    private static WatchedEnqueuer enqueuer(WatchedEnqueuer.Lister lister) {
        return new WatchedEnqueuer("in", lister, MOST, GRACE);
    }
}
