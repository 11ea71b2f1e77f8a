package com.connylabs.ingest.tck;

import static com.connylabs.ingest.tck.QueueSteps.bury;
import static com.connylabs.ingest.tck.QueueSteps.bytes;
import static com.connylabs.ingest.tck.QueueSteps.get;
import static com.connylabs.ingest.tck.QueueSteps.ids;
import static com.connylabs.ingest.tck.QueueSteps.letter;
import static com.connylabs.ingest.tck.QueueSteps.publish;
import static com.connylabs.ingest.tck.QueueSteps.take;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every queue must do about elements that were given up; part of {@link QueueContract}. */
abstract class DeadLettersContract {
    /** The workflow that the tests use. */
    protected static final String WORKFLOW = "contract";

    /** A workflow that must not be touched by what happens to the first. */
    protected static final String OTHER = "contract_other-2";

    /** Long enough for no message to come again. */
    protected static final Duration LONG = Duration.ofMinutes(2);

    /** Short enough to wait for a message to come again. */
    protected static final Duration SHORT = Duration.ofSeconds(2);

    private static final String ID = "ünï/😀 a.b*>\n" + "long ".repeat(300);

    private final List<AutoCloseable> opened = new ArrayList<>();

    /**
     * Opens a queue, each time another one, on the store that belongs to this test.
     *
     * @param ackWait of both workflows
     * @return the queue; the contract closes it
     * @throws Exception if it cannot be opened
     */
    protected abstract Queue open(Duration ackWait) throws Exception;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    Queue queue(Duration ackWait) throws Exception {
        Queue queue = open(ackWait);
        opened.add(0, queue);
        return queue;
    }

    Subscription subscribe(Queue queue, String workflow) throws Exception {
        Subscription subscription = queue.subscribe(workflow);
        opened.add(0, subscription);
        return subscription;
    }

    @Test
    void required_termKeepsADeadLetterAndFreesTheElement() throws Exception {
        Queue queue = queue(SHORT);
        DeadLetters letters = queue(SHORT).deadLetters();
        publish(queue, ID);
        Subscription subscription = subscribe(queue, WORKFLOW);
        assertEquals(Optional.empty(), letters.find(WORKFLOW, ID), "letter before");

        DeadLetter letter = letter(ID, "no such bucket");
        take(subscription).term(letter);

        assertEquals(Optional.of(letter), letters.find(WORKFLOW, ID), "letter");
        assertEquals(0, queue.outstanding(WORKFLOW), "outstanding");
        assertEquals(List.of(), subscription.pop(1, SHORT.multipliedBy(2)), "comes again");

        assertEquals(PublishResult.QUEUED, publish(queue, ID), "publish again");
        DeadLetter newer = letter(ID, "another reason");
        take(subscription).term(newer);
        assertEquals(Optional.of(newer), letters.find(WORKFLOW, ID), "the newest letter");
        assertEquals(1, letters.count(WORKFLOW), "letters");
        assertEquals(Optional.empty(), letters.find(OTHER, ID), "letter of another workflow");
    }

    @Test
    void required_aQueueWithoutDeadLettersHasNone() throws Exception {
        DeadLetters letters = queue(LONG).deadLetters();
        assertEquals(Optional.empty(), letters.find(WORKFLOW, "a"), "find");
        assertEquals(List.of(), ids(letters), "all");
        assertEquals(List.of(), ids(letters, WORKFLOW), "of a workflow");
        assertEquals(0, letters.count(WORKFLOW), "count");
        assertFalse(letters.replay(letter("a", "?"), bytes("a")), "replay");
        assertFalse(letters.purge(letter("a", "?")), "purge");
    }

    @Test
    void required_aReplayedElementIsFreshAndItsLetterGone() throws Exception {
        Queue queue = queue(LONG);
        Subscription subscription = subscribe(queue, WORKFLOW);
        publish(queue, ID);
        take(subscription).nak(Duration.ZERO);
        DeadLetter letter = letter(ID, "refused");
        take(subscription).term(letter);

        assertTrue(queue(LONG).deadLetters().replay(letter, bytes("marked")), "replayed");

        assertEquals(Optional.empty(), queue.deadLetters().find(WORKFLOW, ID), "letter");
        Message fresh = take(subscription);
        assertArrayEquals(bytes("marked"), fresh.data(), "the body");
        assertEquals(1, fresh.deliveries(), "deliveries");
        assertEquals(PublishResult.ALREADY_OUTSTANDING, publish(queue, ID), "publish of the same element");
        assertFalse(queue.deadLetters().replay(letter, bytes("marked")), "replayed a second time");
        fresh.ack();
        assertEquals(0, queue.outstanding(WORKFLOW), "outstanding");
    }

    @Test
    void required_replayLeavesWhatIsOutstandingAsItIs() throws Exception {
        Queue queue = queue(LONG);
        Subscription subscription = subscribe(queue, WORKFLOW);
        DeadLetter letter = bury(queue, subscription, "a", "refused");
        publish(queue, "a", bytes("listed since"));

        assertTrue(queue.deadLetters().replay(letter, bytes("a")), "replayed");

        assertEquals(Optional.empty(), queue.deadLetters().find(WORKFLOW, "a"), "letter");
        assertEquals(1, queue.outstanding(WORKFLOW), "outstanding");
        assertArrayEquals(bytes("listed since"), take(subscription).data(), "the body");
    }

    @Test
    void required_aNewerLetterIsNotTakenForTheOneThatWasRead() throws Exception {
        Queue queue = queue(LONG);
        Subscription subscription = subscribe(queue, WORKFLOW);
        DeadLetter older = bury(queue, subscription, "a", "one reason");
        DeadLetter newer = bury(queue, subscription, "a", "another reason");
        DeadLetters letters = queue.deadLetters();

        assertFalse(letters.replay(older, bytes("a")), "replay of the older");
        assertFalse(letters.purge(older), "purge of the older");
        assertEquals(Optional.of(newer), letters.find(WORKFLOW, "a"), "the newer");
        assertEquals(0, queue.outstanding(WORKFLOW), "outstanding");

        assertTrue(letters.purge(newer), "purge of the newer");
        assertFalse(letters.purge(newer), "purge a second time");
        assertEquals(Optional.empty(), letters.find(WORKFLOW, "a"), "letter at the end");
        assertEquals(0, queue.outstanding(WORKFLOW), "outstanding at the end");
    }

    @Test
    void required_allLettersAreShownTheOldestFirst() throws Exception {
        Queue queue = queue(LONG);
        Subscription subscription = subscribe(queue, WORKFLOW);
        Subscription other = subscribe(queue, OTHER);
        List<String> expected = IntStream.range(0, 230).mapToObj(i -> "e" + i).toList();
        for (String id : expected) {
            bury(queue, subscription, id, "refused");
        }
        get(queue.publish(OTHER, "e0", bytes("e0")));
        take(other).term(letter(OTHER, "e0", "refused"));
        List<String> all = new ArrayList<>(expected);
        all.add("e0");

        DeadLetters letters = queue(LONG).deadLetters();
        assertEquals(expected, ids(letters, WORKFLOW), "of the first workflow");
        assertEquals(List.of("e0"), ids(letters, OTHER), "of the other workflow");
        assertEquals(all, ids(letters), "of both");
        assertEquals(230, letters.count(WORKFLOW), "count of the first workflow");
        assertEquals(1, letters.count(OTHER), "count of the other workflow");
    }

    @Test
    void required_replayingWhatFailsAgainComesToAnEnd() throws Exception {
        Queue queue = queue(LONG);
        Subscription subscription = subscribe(queue, WORKFLOW);
        for (int i = 0; i < 3; i++) {
            bury(queue, subscription, "e" + i, "refused");
        }
        AtomicInteger seen = new AtomicInteger();
        queue.deadLetters().forEach(WORKFLOW, letter -> {
            assertTrue(seen.incrementAndGet() <= 3, "a letter was shown that came after the start");
            assertTrue(queue.deadLetters().replay(letter, letter.data()), "replayed");
            subscription.pop(1, QueueSteps.MOST).get(0).term(letter(letter.id(), "refused again"));
        });
        assertEquals(3, seen.get(), "letters shown");
        assertEquals(3, queue.deadLetters().count(WORKFLOW), "letters at the end");
    }

    @Test
    void required_aVisitEndsWithTheVisitorsErrorOrAnInterrupt() throws Exception {
        Queue queue = queue(LONG);
        Subscription subscription = subscribe(queue, WORKFLOW);
        bury(queue, subscription, "a", "refused");
        bury(queue, subscription, "b", "refused");
        DeadLetters letters = queue.deadLetters();
        AtomicInteger seen = new AtomicInteger();
        PermanentException error = new PermanentException("enough");

        PermanentException thrown = assertThrows(
                PermanentException.class,
                () -> letters.forEach(letter -> {
                    seen.incrementAndGet();
                    throw error;
                }));
        assertSame(error, thrown, "the error");
        assertEquals(1, seen.get(), "letters shown");

        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> letters.forEach(letter -> {}), "of an interrupted thread");
        assertFalse(Thread.interrupted(), "the flag after the exception");
        assertEquals(List.of("a", "b"), ids(letters), "letters afterwards");
    }
}
