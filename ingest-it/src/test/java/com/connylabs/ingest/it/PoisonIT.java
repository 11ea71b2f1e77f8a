package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One object among 1,000 always fails, in a way of its own in each of several workflows; one workflow has none. They run
 * at the same time in one process, so that their times can be compared. Afterwards objects keep coming: an endpoint that
 * nobody else asks for anything could just as well be down.
 */
@Timeout(1200)
class PoisonIT {
    private static final int COUNT = 1000;
    private static final String POISON = "o0500";
    private static final int MOST_ROUNDS = 5;
    private static final Duration LONG = Duration.ofMinutes(8);

    /** A workflow and its bucket, and what the poisonous object's dead letter says. */
    private enum Kind {
        HEALTHY("[healthy]"),
        REFUSED("HTTP 400 InvalidRequest"),
        FORBIDDEN("HTTP 403 AccessDenied"),
        FAILING("HTTP 500 InternalError"),
        CORRUPT("does not have the checksum");

        private final String reason;

        Kind(String reason) {
            this.reason = reason;
        }

        String bucket() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        int healthy() {
            return this == HEALTHY ? COUNT : COUNT - 1;
        }
    }

    @TempDir
    private Path directory;

    private final AtomicBoolean mended = new AtomicBoolean();
    private String newest = POISON;
    private int later;
    private S3Stub stub;
    private Store store;
    private Ingest ingest;

    @BeforeEach
    void start() throws Exception {
        stub = S3Stub.start("source");
        store = Store.of(stub);
        stub.createBucket("corrupt-source");
        for (int i = 0; i < COUNT; i++) {
            put("o%04d".formatted(i), 1000 + i);
        }
        StringBuilder destinations = new StringBuilder();
        StringBuilder workflows = new StringBuilder();
        StringBuilder sources = new StringBuilder();
        for (Kind kind : Kind.values()) {
            stub.createBucket(kind.bucket());
            String source = kind == Kind.CORRUPT ? "corrupt-source" : "source";
            sources.append(store.byAnotherName(store.yaml("from-" + kind.bucket(), source)));
            destinations.append(store.yaml("to-" + kind.bucket(), kind.bucket()));
            workflows
                    .append("- {name: ")
                    .append(kind.bucket())
                    .append(", source: from-")
                    .append(kind.bucket());
            workflows.append(", destinations: [to-").append(kind.bucket());
            workflows.append("], interval: 2s, attempts: 4, backoff: {first: 100ms, max: 500ms}}\n");
        }
        poison(Kind.REFUSED.bucket(), "PutObject", new Fault.Status(400, "InvalidRequest"));
        poison(Kind.FORBIDDEN.bucket(), "PutObject", new Fault.Status(403, "AccessDenied"));
        poison(Kind.FAILING.bucket(), "PutObject", new Fault.Status(500, "InternalError"));
        poison("corrupt-source", "GetObject", new Fault.Corrupt());
        ingest = new Ingest(directory);
        ingest.config("sources:\n" + sources + "destinations:\n" + destinations + "workflows:\n" + workflows);
    }

    private void put(String key, int size) {
        byte[] content = Objects.content(key, size);
        stub.put("source", key, content, Map.of());
        stub.put("corrupt-source", key, content, Map.of());
    }

    private void poison(String bucket, String operation, Fault fault) {
        stub.inject(
                Integer.MAX_VALUE,
                request -> !mended.get()
                        && request.bucket().equals(bucket)
                        && request.operation().equals(operation)
                        && request.key().equals(POISON),
                fault);
    }

    @AfterEach
    void stop() {
        store.close();
        stub.close();
    }

    @Test
    void oneObjectThatAlwaysFailsDoesNotHurtTheOthers() throws Exception {
        try (ManagedProcess process = ingest.start(
                "--mode=standalone", "--config=config.yaml", "--listen=127.0.0.1:0", "--log-format=text")) {
            Map<Kind, Duration> times = timeOfTheHealthy();
            System.out.println("poison: " + COUNT + " objects without one, and with one among them: " + times);
            Duration healthy = times.get(Kind.HEALTHY);
            for (Kind kind : Kind.values()) {
                Duration most = healthy.multipliedBy(2).plusSeconds(5);
                assertTrue(times.get(kind).compareTo(most) < 0, kind + ": " + times);
            }
            for (Kind kind : Kind.values()) {
                if (kind != Kind.HEALTHY) {
                    await("a dead letter of " + kind, () -> tells(process, kind));
                }
                assertEquals(
                        kind == Kind.HEALTHY, stub.object(kind.bucket(), POISON).isPresent());
            }
            assertFalse(tells(process, Kind.HEALTHY), process.output());
            assertFalse(process.output().contains("\tat "), process.output());
            laterListingsLeaveItOut(process);
            replayAfterMendingStoresIt();
        }
    }

    private static boolean tells(ManagedProcess process, Kind kind) {
        return letters(process).stream().anyMatch(line -> line.contains(kind.reason));
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        Await.until(what, LONG, () -> {
            if (stub.object(Kind.HEALTHY.bucket(), newest).isPresent()) {
                newest = "later-" + ++later;
                put(newest, 1000);
            }
            return condition.getAsBoolean();
        });
    }

    /** A listing that had begun before something was given up may have put it into the queue once more. */
    private void laterListingsLeaveItOut(ManagedProcess process) throws InterruptedException {
        awaitListings(process);
        long before;
        int rounds = 0;
        do {
            assertTrue(rounds++ < MOST_ROUNDS, () -> "still asked for what was given up:\n" + process.output());
            before = triesOfThePoison();
            awaitListings(process);
        } while (before != triesOfThePoison());
    }

    private void awaitListings(ManagedProcess process) throws InterruptedException {
        Map<Kind, Long> listed = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            listed.put(kind, listings(process, kind));
        }
        await("two whole listings of each", () -> listed.entrySet().stream()
                .allMatch(one -> listings(process, one.getKey()) >= one.getValue() + 3));
    }

    private long triesOfThePoison() {
        return stub.requests().stream()
                .filter(request ->
                        request.key().equals(POISON) && !request.bucket().equals(Kind.HEALTHY.bucket()))
                .count();
    }

    private static long listings(ManagedProcess process, Kind kind) {
        return process.output()
                .lines()
                .filter(line -> line.contains("source listed") && line.contains("[" + kind.bucket() + "]"))
                .count();
    }

    private void replayAfterMendingStoresIt() throws Exception {
        String queue = "--queue-endpoint=file:ingest-queue.db";
        Ingest.End listed = ingest.run("dead-letters", "list", "--output=json", queue);
        assertEquals(
                Kind.values().length - 1,
                listed.output().lines().filter(line -> line.contains(POISON)).count());
        mended.set(true);
        Ingest.End replayed = ingest.run("dead-letters", "replay", "--all", queue);
        assertEquals(0, replayed.code(), replayed.output());
        for (Kind kind : Kind.values()) {
            Await.until(kind + " is mended", LONG, () -> stub.object(kind.bucket(), POISON)
                    .isPresent());
        }
        Ingest.End after = ingest.run("dead-letters", "list", queue);
        assertFalse(after.output().contains(POISON), after.output());
    }

    private static List<String> letters(ManagedProcess process) {
        return process.output()
                .lines()
                .filter(line -> line.contains("element given up") && line.contains(POISON))
                .toList();
    }

    /** From the first object that was stored anywhere to each workflow's last one that can be stored. */
    private Map<Kind, Duration> timeOfTheHealthy() throws InterruptedException {
        Await.until("begun", LONG, () -> !stub.keys(Kind.HEALTHY.bucket()).isEmpty());
        long start = System.nanoTime();
        Map<Kind, Duration> times = new TreeMap<>();
        List<Kind> left = new ArrayList<>(List.of(Kind.values()));
        Await.until("all that can be stored", LONG, () -> {
            left.stream()
                    .filter(kind -> stub.keys(kind.bucket()).size() == kind.healthy())
                    .forEach(kind -> times.put(kind, Duration.ofNanos(System.nanoTime() - start)));
            left.removeAll(times.keySet());
            return left.isEmpty();
        });
        return times;
    }
}
