package com.connylabs.ingest.core.enqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Lease;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.tck.fake.InMemoryQueue;
import com.connylabs.ingest.tck.fake.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PublishWindowTest {
    private static final int WINDOW = 4;
    private static final int MESSAGES = 100;

    private final SlowQueue queue = new SlowQueue();
    private final PublishWindow window = new PublishWindow(
            queue, "w", WorkflowMetrics.NONE, new EnqueuerOptions(WINDOW, Backoff.DEFAULT, Duration.ofMinutes(1)));

    @Test
    @Timeout(60)
    void neverMoreThanAWindowIsUnderWay() throws Exception {
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(this::publishAll);
        for (int i = 0; i < MESSAGES; i++) {
            CompletableFuture<PublishResult> oldest = queue.underWay.poll(30, TimeUnit.SECONDS);
            assertTrue(oldest != null, "message " + i + " was published");
            queue.count.decrementAndGet();
            oldest.complete(PublishResult.QUEUED);
        }
        publishing.get(30, TimeUnit.SECONDS);
        assertEquals(MESSAGES, window.queued(), "messages");
        assertTrue(queue.most.get() <= WINDOW, queue.most + " under way at the same time");
    }

    @Test
    @Timeout(60)
    void patienceBeginsWithTheFirstFailureAndNotWithTheLastSuccess() throws Exception {
        AtomicLong clock = new AtomicLong();
        InMemoryQueue memory = new InMemoryQueue();
        PublishWindow patient = window(memory, clock);
        patient.publish("a", new byte[0]);
        clock.addAndGet(Duration.ofHours(1).toNanos()); // of elements that are there, so that nothing is published

        AtomicInteger failures = new AtomicInteger(1);
        memory.hook((operation, id) -> {
            if (failures.getAndDecrement() > 0) {
                throw new TransientException("a hiccup");
            }
        });
        patient.publish("b", new byte[0]);
        patient.await();
        assertEquals(2, patient.queued(), "messages");
    }

    @Test
    @Timeout(60)
    void patienceEndsWhenTheQueueHasTakenNothingForSoLong() {
        AtomicLong clock = new AtomicLong();
        InMemoryQueue memory = new InMemoryQueue();
        PublishWindow patient = window(memory, clock);
        memory.hook((operation, id) -> {
            clock.addAndGet(Duration.ofSeconds(25).toNanos());
            throw new TransientException("no connection");
        });
        assertThrows(TransientException.class, () -> {
            patient.publish("a", new byte[0]);
            patient.await();
        });
        assertEquals(4, memory.calls(Operation.PUBLISH), "tries: after 0, 25, 50 and 75 s");
    }

    private static PublishWindow window(InMemoryQueue queue, AtomicLong clock) {
        Backoff quick = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
        EnqueuerOptions options = new EnqueuerOptions(WINDOW, quick, Duration.ofMinutes(1));
        return new PublishWindow(queue, "w", WorkflowMetrics.NONE, options, clock::get);
    }

    private void publishAll() {
        try {
            for (int i = 0; i < MESSAGES; i++) {
                window.publish("e" + i, new byte[0]);
            }
            window.await();
        } catch (IngestException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes messages, and confirms none by itself. */
    private static final class SlowQueue implements Queue {
        final BlockingQueue<CompletableFuture<PublishResult>> underWay = new LinkedBlockingQueue<>();
        final AtomicInteger count = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        private final Queue other = new InMemoryQueue();

        @Override
        public CompletableFuture<PublishResult> publish(String workflow, String id, byte[] data) {
            most.accumulateAndGet(count.incrementAndGet(), Math::max);
            CompletableFuture<PublishResult> future = new CompletableFuture<>();
            underWay.add(future);
            return future;
        }

        @Override
        public Subscription subscribe(String workflow) throws IngestException, InterruptedException {
            return other.subscribe(workflow);
        }

        @Override
        public long outstanding(String workflow) throws IngestException, InterruptedException {
            return other.outstanding(workflow);
        }

        @Override
        public Optional<Lease> lease(String workflow) throws IngestException, InterruptedException {
            return other.lease(workflow);
        }

        @Override
        public DeadLetters deadLetters() {
            return other.deadLetters();
        }

        @Override
        public boolean connected() {
            return other.connected();
        }

        @Override
        public void close() {
            other.close();
        }
    }
}
