package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.ThrottledException;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.wire.CodecJson;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a workflow does when an endpoint takes fewer elements at a time than it might be given. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThrottlingTest {
    private static final Duration SOON = Duration.ofSeconds(50);
    private static final int MOST = 16;

    private final InMemoryDestination at = new InMemoryDestination();
    private final Fixture f = new Fixture().to("d", at);
    private final AtomicInteger refusals = new AtomicInteger();

    @BeforeEach
    void options() {
        Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));
        f.options = f.options.with(Fixture.concurrency(MOST)).with(new Retries(3, backoff, Duration.ofSeconds(30)));
    }

    private void put(int count) {
        for (int i = 0; i < count; i++) {
            f.source.put("o" + i, Fixture.bytes(10, i));
        }
    }

    /** Stores as many at a time as there are permits, and refuses the others. Most of an element's time is spent there. */
    private void takes(Semaphore room) {
        at.hook((operation, name) -> {
            if (operation == Operation.STORE) {
                if (!room.tryAcquire()) {
                    throw slowDown();
                }
                new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS); // stays, so that others are met
                room.release();
            }
        });
    }

    private ThrottledException slowDown() {
        refusals.incrementAndGet();
        return new ThrottledException("503 SlowDown");
    }

    private Thread start(WorkflowDequeuer dequeuer) {
        Thread thread = new Thread(() -> {
            try {
                dequeuer.dequeue();
            } catch (IngestException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        return thread;
    }

    private void requireNothingLost() {
        assertEquals(0, f.counts.pauses.get(), "pauses");
        assertEquals(0, f.counts.errors.get(), "attempts");
        assertEquals(List.of(), f.queue.givenUp(), "dead letters");
    }

    @Test
    void settlesAtWhatTheEndpointTakes() throws Exception {
        put(400);
        takes(new Semaphore(4));
        long start = System.nanoTime();
        f.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        assertEquals(400, at.names().size(), "stored");
        requireNothingLost();
        assertTrue(f.counts.concurrency.get() <= 6, "at a time in the end: " + f.counts.concurrency);
        assertTrue(refusals.get() <= 50 + 25 * seconds, refusals + " refusals in " + seconds + " s");
    }

    @Test
    void growsBackWhenTheEndpointTakesMore() throws Exception {
        put(6_000);
        Semaphore room = new Semaphore(2);
        takes(room);
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        Thread thread = start(dequeuer);
        Await.until("few at a time", SOON, () -> List.of(1L, 2L, 3L).contains(f.counts.concurrency.get()));
        room.release(MOST);
        Await.until("all at a time", SOON, () -> f.counts.concurrency.get() == MOST);
        dequeuer.stop();
        thread.join();
        requireNothingLost();
    }

    @Test
    void nothingChangesWhereNobodyIsRefused() throws Exception {
        put(500);
        takes(new Semaphore(MOST));
        f.run();
        assertEquals(500, at.names().size(), "stored");
        assertEquals(1, f.counts.concurrencies.get(), "how often it was told");
        assertEquals(MOST, f.counts.concurrency.get(), "at a time");
    }

    @Test
    void anEndpointThatTakesNobodyIsOut() throws Exception {
        put(50);
        AtomicBoolean out = new AtomicBoolean(true);
        at.hook((operation, name) -> {
            if (out.get() && operation == Operation.STORE) {
                throw slowDown();
            }
        });
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        dequeuer.drain();
        Thread thread = start(dequeuer);
        Await.until("a pause", SOON, () -> f.counts.pause.equals("d store: 503 SlowDown"));
        assertEquals(1, f.counts.pauses.get(), "pauses");
        out.set(false);
        thread.join();
        assertEquals(50, at.names().size(), "stored");
        assertEquals(0, f.counts.errors.get(), "attempts");
        assertEquals(List.of(), f.queue.givenUp(), "dead letters");
    }

    @Test
    void anElementThatIsAlwaysRefusedWhileOthersAreNotIsAtFaultItself() throws Exception {
        put(1);
        at.hook((operation, name) -> {
            if (operation == Operation.STORE && name.equals("o0")) {
                throw slowDown();
            }
        });
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        Thread thread = start(dequeuer);
        AtomicInteger more = new AtomicInteger();
        Await.until("a dead letter", SOON, () -> {
            // Others go on succeeding, as they do in a bucket that is in use.
            String name = "o" + more.incrementAndGet();
            f.source.put(name, new byte[1]);
            f.queue
                    .publish("w", "memory/" + name, CodecJson.encode(f.source.element(name)))
                    .join();
            return f.queue.givenUp().size() == 1;
        });
        dequeuer.stop();
        thread.join();
        assertEquals("memory/o0", f.queue.givenUp().get(0).id(), "given up");
        assertEquals(3, f.queue.givenUp().get(0).attempts(), "attempts");
    }

    @Test
    void whoWaitsForItsTurnIsHandedBackWhenAllEnds() throws Exception {
        put(MOST);
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        CountDownLatch together = new CountDownLatch(MOST);
        at.hook((operation, name) -> {
            if (operation == Operation.STAT) {
                together.countDown();
                together.await();
            } else if (operation == Operation.STORE && first.getAndSet(false)) {
                end.await();
            } else if (operation == Operation.STORE) {
                throw slowDown();
            }
        });
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        Thread thread = start(dequeuer);
        Await.until("one at a time", SOON, () -> f.counts.concurrency.get() == 1);
        dequeuer.stop();
        Await.until("handed back", SOON, () -> f.queue.calls(Operation.NAK) == MOST - 1);
        end.countDown();
        thread.join();
        assertEquals(1, at.names().size(), "stored");
        assertEquals(MOST - 1, f.queue.outstanding("w"), "outstanding");
        requireNothingLost();
    }
}
