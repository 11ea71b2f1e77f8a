package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.api.Storage;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.copy.PartBuffers;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.enqueue.WorkflowEnqueuer;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.tck.fake.InMemoryQueue;
import com.connylabs.ingest.tck.fake.InMemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A workflow in memory, from source to destinations, that a test runs until nothing is outstanding. */
final class Fixture {
    static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(4));

    final InMemorySource source = new InMemorySource();
    final InMemoryQueue queue;
    final Counts counts = new Counts();
    final List<Target> targets = new ArrayList<>();
    final PartBuffers buffers = new PartBuffers(1 << 20);
    DequeuerOptions options = DequeuerOptions.of("w").with(retries(3));

    Fixture() {
        this(new InMemoryQueue());
    }

    Fixture(InMemoryQueue queue) {
        this.queue = queue;
    }

    /** Counts what the engine tells. */
    static final class Counts implements WorkflowMetrics {
        final AtomicLong copied = new AtomicLong();
        final AtomicLong bytes = new AtomicLong();
        final AtomicLong skipped = new AtomicLong();
        final AtomicLong gone = new AtomicLong();
        final AtomicLong givenUp = new AtomicLong();
        final AtomicLong errors = new AtomicLong();
        final AtomicLong pauses = new AtomicLong();
        final AtomicLong concurrency = new AtomicLong();
        final AtomicLong concurrencies = new AtomicLong();
        volatile String pause = "";

        @Override
        public void dequeueAttempt(Result result) {
            if (result == Result.ERROR) {
                errors.incrementAndGet();
            }
        }

        @Override
        public void copied(long length) {
            copied.incrementAndGet();
            bytes.addAndGet(length);
        }

        @Override
        public void skipped() {
            skipped.incrementAndGet();
        }

        @Override
        public void gone() {
            gone.incrementAndGet();
        }

        @Override
        public void givenUp() {
            givenUp.incrementAndGet();
        }

        @Override
        public void paused(String endpoint, String reason) {
            pauses.incrementAndGet();
            pause = endpoint + ": " + reason;
        }

        @Override
        public void concurrency(int most) {
            concurrency.set(most);
            concurrencies.incrementAndGet();
        }

        @Override
        public void resumed() {
            pause = "";
        }
    }

    Fixture to(String name, Storage storage) {
        targets.add(new Target(name, storage));
        return this;
    }

    static Retries retries(int attempts) {
        return new Retries(attempts, QUICK, Duration.ofSeconds(30));
    }

    static CopyOptions concurrency(int most) {
        return new CopyOptions(most, false, OnChange.COPY);
    }

    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    void enqueue() throws Exception {
        new WorkflowEnqueuer(queue, source.nexter(), "w").enqueue();
    }

    WorkflowDequeuer dequeuer() {
        return new WorkflowDequeuer(queue, source, targets, options, counts, buffers);
    }

    /** Lists once, and works until nothing is outstanding. */
    void run() throws Exception {
        enqueue();
        drain();
    }

    void drain() throws Exception {
        WorkflowDequeuer dequeuer = dequeuer();
        dequeuer.drain();
        dequeuer.dequeue();
    }
}
