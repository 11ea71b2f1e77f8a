package com.connylabs.ingest.core.enqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.core.wire.CodecJson;
import com.connylabs.ingest.tck.fake.InMemoryQueue;
import com.connylabs.ingest.tck.fake.InMemorySource;
import com.connylabs.ingest.tck.fake.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkflowEnqueuerTest {
    private static final EnqueuerOptions QUICK =
            new EnqueuerOptions(16, new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)), Duration.ofSeconds(60));

    private final InMemoryQueue queue = new InMemoryQueue();
    private final InMemorySource source = new InMemorySource();

    private WorkflowEnqueuer enqueuer(EnqueuerOptions options) {
        return new WorkflowEnqueuer(queue, source.nexter(), "w", options, WorkflowMetrics.NONE);
    }

    @Test
    void publishesWhatIsListedWithWhatTheListingKnew() throws Exception {
        source.put("a", new byte[3]);
        assertEquals(new Listing(1, 1, 0), new WorkflowEnqueuer(queue, source.nexter(), "w").enqueue());
        try (Subscription subscription = queue.subscribe("w")) {
            List<Message> messages = subscription.pop(10, Duration.ofSeconds(5));
            assertEquals(1, messages.size());
            assertEquals(source.element("a"), CodecJson.decode(messages.get(0).data()));
        }
    }

    @Test
    void aSecondListingAddsNothingToWhatIsOutstanding() throws Exception {
        for (int i = 0; i < 100; i++) {
            source.put("o" + i, new byte[1]);
        }
        assertEquals(new Listing(100, 100, 0), enqueuer(QUICK).enqueue());
        source.put("new", new byte[1]);
        assertEquals(new Listing(101, 1, 100), enqueuer(QUICK).enqueue());
        assertEquals(101, queue.outstanding("w"));
    }

    @Test
    void publishesAgainWhatTheQueueDidNotTake() throws Exception {
        for (int i = 0; i < 200; i++) {
            source.put("o" + i, new byte[1]);
        }
        Set<String> refusedOnce = ConcurrentHashMap.newKeySet();
        queue.hook((operation, id) -> {
            if (operation == Operation.PUBLISH && refusedOnce.add(id)) {
                throw new TransientException("stream is full");
            }
        });
        assertEquals(new Listing(200, 200, 0), enqueuer(QUICK).enqueue());
        assertEquals(200, queue.outstanding("w"));
    }

    @Test
    void failsWhenThePatienceIsOver() {
        source.put("a", new byte[1]);
        queue.hook((operation, id) -> {
            throw new TransientException("no connection");
        });
        TransientException e =
                assertThrows(TransientException.class, () -> enqueuer(QUICK.withPatience(Duration.ofMillis(20)))
                        .enqueue());
        assertEquals("no connection", e.getMessage());
    }

    @Test
    void failsAtOnceWhenThereIsNoHope() {
        source.put("a", new byte[1]);
        queue.hook((operation, id) -> {
            throw new PermanentException("no permission");
        });
        assertThrows(PermanentException.class, () -> enqueuer(QUICK).enqueue());
    }

    @Test
    void oneElementThatIsRefusedForGoodDoesNotKeepTheOthersOut() throws Exception {
        for (int i = 0; i < 200; i++) {
            source.put("o" + i, new byte[1]);
        }
        queue.hook((operation, id) -> {
            if (operation == Operation.PUBLISH && (id.endsWith("/o0") || id.endsWith("/o77"))) {
                throw new PermanentException("too large: " + id);
            }
        });
        PermanentException e =
                assertThrows(PermanentException.class, () -> enqueuer(QUICK).enqueue(), "the listing counts as failed");
        assertTrue(String.valueOf(e.getMessage()).contains("2 elements"), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains("too large: memory/o0"), e.getMessage());
        assertEquals(198, queue.outstanding("w"), "queued all the same");
        assertEquals(1, queue.calls(Operation.PUBLISH, "memory/o77"), "tried once");
    }

    @Test
    void aQueueThatRefusesEverythingEndsTheListing() throws Exception {
        for (int i = 0; i < 1000; i++) {
            source.put("o" + i, new byte[1]);
        }
        AtomicInteger taken = new AtomicInteger();
        queue.hook((operation, id) -> {
            if (operation == Operation.PUBLISH && taken.incrementAndGet() > 10) {
                throw new PermanentException("no permission any more");
            }
        });
        assertThrows(PermanentException.class, () -> enqueuer(QUICK).enqueue());
        assertTrue(source.calls(Operation.NEXT) < 200, "listed " + source.calls(Operation.NEXT));
    }

    @Test
    void aListingThatFailsHalfwayKeepsWhatItPublished() throws Exception {
        for (int i = 0; i < 10; i++) {
            source.put("o" + i, new byte[1]);
        }
        source.hook((operation, name) -> {
            if (operation == Operation.NEXT && source.calls(Operation.NEXT) > 5) {
                throw new TransientException("page 2: 503");
            }
        });
        List<Result> results = new ArrayList<>();
        WorkflowMetrics metrics = new WorkflowMetrics() {
            @Override
            public void enqueueAttempt(Result result) {
                results.add(result);
            }
        };
        assertThrows(IngestException.class, () -> new WorkflowEnqueuer(queue, source.nexter(), "w", QUICK, metrics)
                .enqueue());
        assertTrue(queue.outstanding("w") >= 4, "outstanding: " + queue.outstanding("w"));
        assertEquals(List.of(Result.ERROR), results);
    }
}
