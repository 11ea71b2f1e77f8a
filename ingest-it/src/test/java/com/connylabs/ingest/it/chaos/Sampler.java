package com.connylabs.ingest.it.chaos;

import com.connylabs.ingest.it.Store;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Looks into the destinations while they are written to: what is there must be whole at any time. */
final class Sampler implements AutoCloseable {
    private static final long PAUSE_MILLIS = 25;

    private final Store stores;
    private final Ledger ledger;
    private final Random random;
    private final ConcurrentLinkedQueue<Violation> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger seen = new AtomicInteger();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sampler"));

    Sampler(Store stores, Ledger ledger, long seed) {
        this.stores = stores;
        this.ledger = ledger;
        this.random = new Random(seed);
    }

    void start() {
        Future<?> unused = timer.scheduleWithFixedDelay(this::look, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        List<String> keys = ledger.keys();
        String key = keys.get(random.nextInt(keys.size()));
        String bucket = Site.DESTINATIONS.get(random.nextInt(Site.DESTINATIONS.size()));
        try {
            byte[] content = stores.get(bucket, key).asByteArrayUnsafe();
            seen.incrementAndGet();
            if (ledger.find(key, Version.sha256(content)).isEmpty()) {
                violations.add(new Violation(
                        Violation.Rule.ONLY_WHAT_WAS_WRITTEN,
                        bucket + "/" + key,
                        "seen during the run: " + Version.shorten(content)));
            }
        } catch (NoSuchKeyException e) {
            return; // not copied yet
        } catch (RuntimeException e) {
            violations.add(new Violation(Violation.Rule.ONLY_WHAT_WAS_WRITTEN, bucket + "/" + key, e.toString()));
        }
    }

    int seen() {
        return seen.get();
    }

    List<Violation> stop() throws InterruptedException {
        timer.shutdown();
        if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("the sampler does not end");
        }
        return List.copyOf(violations);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
