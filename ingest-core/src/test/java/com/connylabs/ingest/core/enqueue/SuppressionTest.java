package com.connylabs.ingest.core.enqueue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.core.wire.CodecJson;
import com.connylabs.ingest.tck.fake.InMemoryQueue;
import com.connylabs.ingest.tck.fake.InMemorySource;
import com.connylabs.ingest.tck.fake.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was given up on stays out of the queue until something has changed. */
class SuppressionTest {
    private final InMemoryQueue queue = new InMemoryQueue();
    private final InMemorySource source = new InMemorySource();
    private final AtomicLong suppressed = new AtomicLong();
    private final Suppression suppression = new Suppression(queue.deadLetters(), "w");
    private final WorkflowMetrics metrics = new WorkflowMetrics() {
        @Override
        public void suppressed() {
            suppressed.incrementAndGet();
        }
    };

    @Test
    void aDeadElementIsLeftOutOfEveryListing() throws Exception {
        source.put("dead", new byte[1]);
        source.put("alive", new byte[1]);
        bury(source.element("dead"));
        for (int i = 1; i <= 3; i++) {
            assertEquals(new Listing(2, 1, 0, 1), list(), "listing " + i);
            assertEquals(List.of(source.element("alive").id()), workOff(), "published by listing " + i);
            assertEquals(i, suppressed.get(), "counted");
        }
    }

    @Test
    void itIsPublishedAgainWhenItsLetterIsPurgedOrReplayed() throws Exception {
        source.put("a", new byte[1]);
        DeadLetter letter = bury(source.element("a"));
        assertTrue(queue.deadLetters().replay(letter, letter.data()), "replayed");
        assertEquals(new Listing(1, 0, 1), list(), "while the replayed one is outstanding");
        workOff();
        assertEquals(new Listing(1, 1, 0), list(), "after that");

        workOff();
        assertTrue(queue.deadLetters().purge(bury(source.element("a"))), "purged");
        assertEquals(new Listing(1, 1, 0), list(), "after the purge");
    }

    @Test
    void aChangedElementTakesThePlaceOfItsLetter() throws Exception {
        source.put("a", new byte[1]);
        bury(source.element("a"));
        source.put("a", new byte[2]);
        assertEquals(new Listing(1, 1, 0), list());
        try (Subscription subscription = queue.subscribe("w")) {
            Message message = subscription.pop(1, Duration.ofSeconds(5)).get(0);
            assertEquals(new CodecJson.Body(source.element("a"), false), CodecJson.read(message.data()));
        }
        assertEquals(
                Optional.empty(),
                queue.deadLetters().find("w", source.element("a").id()),
                "the letter of the old version");
    }

    @Test
    void withoutVersionsSizeAndTimeOfChangeTellOnesFromAnother() throws Exception {
        Codec old = Codec.of("a", "a").withSize(1).withLastModified(Instant.EPOCH);
        bury(old);
        suppression.read();
        assertEquals(Suppression.Fate.SUPPRESS, suppression.judge(old), "the same");
        assertEquals(Suppression.Fate.REVIVED, suppression.judge(old.withSize(2)), "another size");
        workOff();
        bury(old);
        assertEquals(
                Suppression.Fate.REVIVED,
                suppression.judge(old.withLastModified(Instant.EPOCH.plusSeconds(1))),
                "another time");
        workOff();
        bury(old);
        assertEquals(Suppression.Fate.REVIVED, suppression.judge(old.withVersion("1")), "a version at last");
    }

    @Test
    void lettersOfOtherWorkflowsAndOfUnreadableMessagesDoNotMatter() throws Exception {
        source.put("a", new byte[1]);
        bury("other", source.element("a").id(), CodecJson.encode(source.element("a")));
        bury("w", source.element("a").id(), "garbage".getBytes(UTF_8));
        assertEquals(new Listing(1, 1, 0), list());
    }

    @Test
    void everythingIsPublishedWhileLettersCannotBeRead() throws Exception {
        source.put("a", new byte[1]);
        bury(source.element("a"));
        queue.hook((operation, name) -> {
            if (operation == Operation.LETTERS) {
                throw new EndpointException("no permission");
            }
        });
        assertEquals(new Listing(1, 1, 0), list(), "while they cannot be read");
        assertEquals(List.of(source.element("a").id()), workOff());
        queue.hook((operation, name) -> {});
        assertEquals(new Listing(1, 0, 0, 1), list(), "when they can be read again");
    }

    @Test
    void everythingIsPublishedWhenReadingFailsHalfway() throws Exception {
        for (int i = 0; i < 10; i++) {
            source.put("o" + i, new byte[1]);
            bury(source.element("o" + i));
        }
        queue.hook((operation, name) -> {
            if (operation == Operation.LETTERS
                    && name.equals(source.element("o3").id())) {
                throw new EndpointException("gone");
            }
        });
        assertEquals(new Listing(10, 7, 0, 3), list());
        assertEquals(5, queue.calls(Operation.LETTERS), "asked after the failure");
    }

    @Test
    void anInterruptEndsTheListing() throws Exception {
        source.put("a", new byte[1]);
        bury(source.element("a"));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, this::list);
        assertFalse(Thread.interrupted(), "flag");
    }

    @Test
    void theIndexKnowsItsIdsAndIsBounded() {
        IdIndex index = new IdIndex(1000);
        IntStream.range(0, 1500).forEach(i -> index.add("id " + i));
        assertTrue(IntStream.range(0, 1000).allMatch(i -> index.mayContain("id " + i)), "what was added");
        assertTrue(IntStream.range(1000, 9000).noneMatch(i -> index.mayContain("id " + i)), "what was not");
        assertFalse(new IdIndex(0).mayContain("a"), "an empty one");
    }

    private Listing list() throws Exception {
        return new WorkflowEnqueuer(
                        queue, source.nexter(), "w", EnqueuerOptions.DEFAULT, metrics, suppression, Comparison.none())
                .enqueue();
    }

    private List<String> workOff() throws Exception {
        try (Subscription subscription = queue.subscribe("w")) {
            List<Message> messages = subscription.pop(100, Duration.ofSeconds(5));
            for (Message message : messages) {
                message.ack();
            }
            return messages.stream().map(SuppressionTest::id).toList();
        }
    }

    private static String id(Message message) {
        try {
            return CodecJson.decode(message.data()).id();
        } catch (com.connylabs.ingest.api.PermanentException e) {
            throw new AssertionError(e);
        }
    }

    private DeadLetter bury(Codec element) throws Exception {
        return bury("w", element.id(), CodecJson.encode(element));
    }

    private DeadLetter bury(String workflow, String id, byte[] data) throws Exception {
        DeadLetter letter =
                new DeadLetter(workflow, id, data, Optional.empty(), "refused", 1, Instant.EPOCH, Instant.EPOCH);
        queue.publish(workflow, id, data).get();
        try (Subscription subscription = queue.subscribe(workflow)) {
            subscription.pop(1, Duration.ofSeconds(5)).get(0).term(letter);
        }
        return letter;
    }
}
