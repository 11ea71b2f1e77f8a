package com.connylabs.ingest.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What the tests of queues do again and again. */
final class QueueSteps {
    static final Duration MOST = Duration.ofSeconds(30);

    private QueueSteps() {}

    static Message take(Subscription subscription) throws Exception {
        return takeAll(subscription, 1).get(0);
    }

    static List<Message> takeAll(Subscription subscription, int count) throws Exception {
        List<Message> taken = new ArrayList<>();
        while (taken.size() < count) {
            List<Message> more = subscription.pop(count - taken.size(), MOST);
            assertFalse(more.isEmpty(), "no message came after " + taken.size() + " of " + count);
            taken.addAll(more);
        }
        return taken;
    }

    static void publishMany(Queue queue, int count) throws Exception {
        List<CompletableFuture<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            results.add(queue.publish(QueueContract.WORKFLOW, "e" + i, bytes("e" + i)));
        }
        for (CompletableFuture<PublishResult> result : results) {
            assertEquals(PublishResult.QUEUED, get(result), "the result of a first publish");
        }
    }

    static PublishResult publish(Queue queue, String id) throws Exception {
        return publish(queue, id, bytes(id));
    }

    static PublishResult publish(Queue queue, String id, byte[] data) throws Exception {
        return get(queue.publish(QueueContract.WORKFLOW, id, data));
    }

    static PublishResult get(CompletableFuture<PublishResult> result) throws Exception {
        return result.get(MOST.toSeconds(), TimeUnit.SECONDS);
    }

    static DeadLetter letter(String id, String reason) {
        return letter(QueueContract.WORKFLOW, id, reason);
    }

    static DeadLetter letter(String workflow, String id, String reason) {
        Instant first = Instant.parse("2026-01-02T03:04:05.678Z");
        return new DeadLetter(workflow, id, bytes(id), Optional.of("bar_1"), reason, 10, first, first.plusSeconds(100));
    }

    /** Publishes an element and gives it up. */
    static DeadLetter bury(Queue queue, Subscription subscription, String id, String reason) throws Exception {
        assertEquals(PublishResult.QUEUED, publish(queue, id), "publish of what is to be given up");
        DeadLetter letter = letter(id, reason);
        take(subscription).term(letter);
        return letter;
    }

    static List<String> ids(DeadLetters letters) throws Exception {
        List<String> ids = new ArrayList<>();
        letters.forEach(letter -> ids.add(letter.id()));
        return ids;
    }

    static List<String> ids(DeadLetters letters, String workflow) throws Exception {
        List<String> ids = new ArrayList<>();
        letters.forEach(workflow, letter -> ids.add(letter.id()));
        return ids;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void assertAfter(Duration least, long start, String what) {
        long tookMillis = (System.nanoTime() - start) / 1_000_000;
        // Servers' clocks tick in milliseconds, and a little slack keeps a test from failing over one.
        assertTrue(tookMillis >= least.toMillis() - 50, what + " came after " + tookMillis + " ms");
    }
}
