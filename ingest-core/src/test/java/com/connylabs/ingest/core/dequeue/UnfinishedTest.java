package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.InMemoryMultipartDestination;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What dead workers left behind. */
@Timeout(60)
class UnfinishedTest {
    private final InMemoryDestination one = new InMemoryDestination();
    private final InMemoryMultipartDestination two = new InMemoryMultipartDestination(1 << 16);
    private final Fixture f = new Fixture().to("one", one).to("two", two);

    @Test
    void aFirstDeliveryLooksForNothing() throws Exception {
        f.source.put("a", new byte[3]);
        f.run();
        assertEquals(0, one.calls(Operation.DISCARD, "a"));
        assertEquals(0, two.calls(Operation.DISCARD, "a"));
    }

    @Test
    void aRedeliveredElementIsTidiedUpAtEveryDestinationFirst() throws Exception {
        f.source.put("a", new byte[3]);
        two.begin(f.source.element("a"), ObjectAttributes.unknown());
        two.begin(f.source.element("b"), ObjectAttributes.unknown());
        AtomicInteger failures = new AtomicInteger(1);
        f.source.hook((operation, name) -> {
            if (operation == Operation.DOWNLOAD && failures.getAndDecrement() > 0) {
                assertEquals(2, two.openUploads(), "not at the first delivery");
                throw new TransientException("not yet");
            }
        });
        f.run();
        assertEquals(1, two.openUploads(), "that of the other element");
        assertEquals(1, one.calls(Operation.DISCARD, "a"));
        assertEquals(1, two.calls(Operation.DISCARD, "a"));
    }

    @Test
    void soIsOneThatIsEverywhereAlready() throws Exception {
        f.source.put("a", new byte[3]);
        f.run();
        two.begin(f.source.element("a"), ObjectAttributes.unknown());
        f.enqueue();
        f.queue.subscribe("w").pop(1, Duration.ofSeconds(1)); // by a worker that dies
        f.queue.advance(Duration.ofHours(1));
        f.drain();
        assertEquals(1, f.counts.skipped.get());
        assertEquals(0, two.openUploads());
    }

    @Test
    void soIsOneThatItsWorkerTriesAgainAfterAnOutage() throws Exception {
        f.source.put("a", new byte[3]);
        AtomicInteger failures = new AtomicInteger(1);
        two.hook((operation, name) -> {
            if (operation == Operation.STORE && failures.getAndDecrement() > 0) {
                two.begin(f.source.element("a"), ObjectAttributes.unknown());
                throw new EndpointException("503, and then the abort failed too");
            }
        });
        f.run();
        assertEquals(1, f.counts.copied.get());
        assertEquals(0, two.openUploads());
    }

    @Test
    void aDestinationThatCannotBeTidiedUpFailsTheElementLikeAnyOther() throws Exception {
        f.source.put("a", new byte[3]);
        AtomicInteger failures = new AtomicInteger(2);
        two.hook((operation, name) -> {
            boolean hit = operation == Operation.STORE || (operation == Operation.DISCARD && !name.isEmpty());
            if (hit && failures.getAndDecrement() > 0) {
                throw new TransientException("no luck with " + operation);
            }
        });
        f.run();
        assertEquals(2, f.counts.errors.get(), "attempts that failed");
        assertEquals(1, f.counts.copied.get());
    }

    @Test
    void aStartTidiesUpInTheBackgroundAndFailsNothing() throws Exception {
        f.source.put("a", new byte[3]);
        CountDownLatch stored = new CountDownLatch(1);
        one.hook((operation, name) -> {
            if (operation == Operation.DISCARD && name.isEmpty()) {
                stored.await();
                throw new EndpointException("AccessDenied");
            }
        });
        f.enqueue();
        WorkflowDequeuer dequeuer = f.dequeuer();
        Thread thread = new Thread(() -> {
            try {
                dequeuer.dequeue();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        Await.until("the element is stored, tidied up or not", Duration.ofSeconds(20), () -> one.names()
                .contains("a"));
        stored.countDown();
        Await.until("the second one's turn", Duration.ofSeconds(20), () -> two.calls(Operation.DISCARD, "") == 1);
        dequeuer.stop();
        thread.join();
        assertTrue(f.counts.errors.get() == 0, "no element is concerned");
    }

    /** A large object on a slow line takes days, and whoever copies it should not be disturbed by the start of another. */
    @Test
    void whatIsYoungerThanAWeekIsLeftToWhoeverBeganIt() throws Exception {
        CompletableFuture<Instant> limit = new CompletableFuture<>();
        InMemoryDestination destination = new InMemoryDestination() {
            @Override
            public void discardUnfinished(Instant startedBefore) {
                limit.complete(startedBefore);
            }
        };
        Instant before = Instant.now();
        Tidying tidying = Tidying.start("w", List.of(new Target("one", destination)));
        Duration old = Duration.between(limit.get(20, TimeUnit.SECONDS), before);
        tidying.close();
        assertTrue(old.compareTo(Duration.ofDays(7).minusSeconds(20)) > 0, "not before " + old);
        assertTrue(old.compareTo(Duration.ofDays(7)) <= 0, "but after " + old);
    }
}
