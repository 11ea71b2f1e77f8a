package com.connylabs.ingest.tck.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.tck.QueueContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryQueueTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private final InMemoryQueue queue = new InMemoryQueue(Duration.ofMinutes(2));

    @Nested
    class Contract extends QueueContract {
        private final Map<Duration, InMemoryQueue> queues = new HashMap<>();

        @Override
        protected Queue open(Duration ackWait) {
            return queues.computeIfAbsent(ackWait, wait -> new InMemoryQueue(wait))
                    .another();
        }
    }

    @Test
    void elementIsThereOnceUntilAcknowledged() throws Exception {
        assertEquals(PublishResult.QUEUED, publish("a"), "first publish");
        assertEquals(PublishResult.ALREADY_OUTSTANDING, publish("a"), "while waiting");
        Message message = pop().get(0);
        assertEquals(PublishResult.ALREADY_OUTSTANDING, publish("a"), "while worked on");
        message.ack();
        assertEquals(0, queue.outstanding("w"), "after the ack");
        assertEquals(PublishResult.QUEUED, publish("a"), "after the ack");
    }

    @Test
    void nakDelaysTheNextDelivery() throws Exception {
        publish("a");
        pop().get(0).nak(Duration.ofHours(1));
        assertTrue(pop().isEmpty(), "not before the delay has passed");
        queue.advance(Duration.ofHours(1));
        assertEquals(2, pop().get(0).deliveries(), "deliveries");
        assertEquals(List.of(Duration.ofHours(1)), queue.delays(), "delays");
    }

    @Test
    void silenceBringsTheMessageBackAndInProgressPreventsIt() throws Exception {
        publish("a");
        Message message = pop().get(0);
        queue.advance(Duration.ofSeconds(80));
        message.inProgress();
        queue.advance(Duration.ofSeconds(80));
        assertTrue(pop().isEmpty(), "the heartbeat came in time");
        queue.advance(Duration.ofSeconds(41));
        assertEquals(2, pop().get(0).deliveries(), "deliveries");
    }

    @Test
    void deadLetterEndsTheMessage() throws Exception {
        publish("a");
        var letter = new DeadLetter("w", "a", new byte[0], Optional.empty(), "why", 1, Instant.EPOCH, Instant.EPOCH);
        pop().get(0).term(letter);
        assertEquals(List.of(letter), queue.givenUp(), "dead letters");
        assertEquals(0, queue.outstanding("w"), "outstanding");
    }

    @Test
    void popWakesUpWhenAMessageComes() throws Exception {
        try (var subscription = queue.subscribe("w")) {
            CompletableFuture<List<Message>> popped = CompletableFuture.supplyAsync(() -> {
                try {
                    return subscription.pop(8, LONG);
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            publish("a");
            assertEquals(1, popped.get(10, TimeUnit.SECONDS).size(), "messages");
        }
    }

    @Test
    void disconnectedQueueFailsAndForgetsNothing() throws Exception {
        publish("a");
        queue.connected(false);
        assertFalse(queue.connected(), "connected");
        assertThrows(EndpointException.class, () -> queue.outstanding("w"), "outstanding");
        assertTrue(queue.publish("w", "b", new byte[0]).isCompletedExceptionally(), "publish");
        queue.connected(true);
        assertEquals(1, queue.outstanding("w"), "outstanding afterwards");
    }

    @Test
    void hookDecidesAndCallsAreCounted() throws Exception {
        queue.hook((operation, id) -> {
            if (operation == Operation.ACK) {
                throw new TransientException("no ack for " + id);
            }
        });
        publish("a");
        Message message = pop().get(0);
        assertThrows(TransientException.class, message::ack, "the hook threw");
        assertEquals(1, queue.outstanding("w"), "the message is still there");
        assertEquals(1, queue.calls(Operation.ACK, "a"), "acks");
    }

    private PublishResult publish(String id) {
        return queue.publish("w", id, id.getBytes(StandardCharsets.UTF_8)).join();
    }

    private List<Message> pop() throws Exception {
        try (var subscription = queue.subscribe("w")) {
            return subscription.pop(8, Duration.ZERO);
        }
    }
}
