package com.connylabs.ingest.it.chaos;

import com.connylabs.ingest.testkit.s3.S3Stub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Puts objects into the source, overwrites some and adds others. What it does follows from the seed alone. */
final class Writer implements AutoCloseable {
    private static final int SMALL = 64 << 10;
    private static final int TINY = 4 << 10;
    private static final int PART = 5 << 20;
    /** Of those that were written last, so that some change while they are copied. */
    private static final int RECENT = 20;

    private final S3Stub source;
    private final Ledger ledger;
    private final Journal journal;
    private final Scale scale;
    private final long seed;
    private final Random random;
    private final List<String> keys = new ArrayList<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "writer"));
    private Future<?> writing = java.util.concurrent.CompletableFuture.completedFuture(null);

    Writer(S3Stub source, Ledger ledger, Journal journal, Scale scale, long seed) {
        this.source = source;
        this.ledger = ledger;
        this.journal = journal;
        this.scale = scale;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** The objects of the beginning. In each hundred, one is of more than a part; one in two of these is of many. */
    void fill() {
        for (int i = 0; i < scale.objects(); i++) {
            String kind = i % 100 == 7 ? i % 200 == 7 ? "large" : "middle" : "small";
            for (Flow flow : Flow.values()) {
                add(flow, kind);
            }
        }
    }

    /** Some more, small ones, at the end of it all. */
    void addLate() {
        for (int i = 0; i < scale.objects() / 8; i++) {
            for (Flow flow : Flow.values()) {
                add(flow, "late");
            }
        }
    }

    void start() {
        long micros = 1_000_000L / scale.writesPerSecond();
        writing = timer.scheduleAtFixedRate(this::write, micros, micros, TimeUnit.MICROSECONDS);
    }

    /** Stops, and fails if writing failed. */
    void stop() throws InterruptedException {
        writing.cancel(false);
        timer.shutdown();
        if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("the writer does not end");
        }
        if (!writing.isCancelled()) {
            throw new AssertionError("the writer has failed; see the journal");
        }
    }

    private void write() {
        try {
            int dice = random.nextInt(10);
            if (dice < 3) {
                add(random.nextBoolean() ? Flow.KEEP : Flow.CLEAN, random.nextInt(100) == 0 ? "middle" : "small");
            } else if (dice < 6) {
                overwrite(keys.get(keys.size() - 1 - random.nextInt(Math.min(RECENT, keys.size()))));
            } else {
                overwrite(keys.get(random.nextInt(keys.size())));
            }
            source.forgetRequests(); // they would pile up
        } catch (RuntimeException e) {
            journal.write("the writer fails: " + e);
            throw e;
        }
    }

    private void add(Flow flow, String kind) {
        String key = flow.prefix() + kind + "/" + "%05d".formatted(keys.size());
        keys.add(key);
        overwrite(key);
    }

    private void overwrite(String key) {
        int number = ledger.next(key);
        byte[] content = Version.content(seed, key, number, length(key));
        Version version = Version.of(number, content);
        ledger.add(key, version);
        source.put(Site.SOURCE, key, content, Map.of("content-type", "application/octet-stream"));
        journal.write("wrote " + key + " " + version);
    }

    private int length(String key) {
        if (key.contains("/large/")) {
            return scale.largest();
        }
        if (key.contains("/middle/")) {
            return PART + 1 + random.nextInt(4 << 20);
        }
        int dice = random.nextInt(20);
        return dice == 0 ? 0 : 1 + random.nextInt(dice < 12 ? TINY : SMALL);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
