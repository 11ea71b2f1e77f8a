package com.connylabs.ingest.tck;

import static com.connylabs.ingest.tck.QueueSteps.MOST;
import static com.connylabs.ingest.tck.QueueSteps.assertAfter;
import static com.connylabs.ingest.tck.QueueSteps.bytes;
import static com.connylabs.ingest.tck.QueueSteps.get;
import static com.connylabs.ingest.tck.QueueSteps.publish;
import static com.connylabs.ingest.tck.QueueSteps.publishMany;
import static com.connylabs.ingest.tck.QueueSteps.take;
import static com.connylabs.ingest.tck.QueueSteps.takeAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Lease;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Queue} must do. Each test starts with an empty store. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class QueueContract extends DeadLettersContract {
    private static final Duration NOTHING = Duration.ofMillis(300);

    /** For subclasses. */
    protected QueueContract() {}

    @Test
    void required_messageArrivesAsPublished() throws Exception {
        Queue queue = queue(LONG);
        byte[] data = {0, 1, '\n', (byte) 0xFF, '"'};
        assertEquals(PublishResult.QUEUED, publish(queue, "ünï/😀 a.b*>", data), "the result of a first publish");

        Message message = take(subscribe(queue, WORKFLOW));

        assertArrayEquals(data, message.data(), "the body");
        assertEquals(1, message.deliveries(), "deliveries at first");
        assertTrue(queue.connected(), "a queue that works is connected");
    }

    @Test
    void required_elementIsOutstandingOnce() throws Exception {
        Queue queue = queue(LONG);
        assertEquals(PublishResult.QUEUED, publish(queue, "a"), "first");
        assertEquals(PublishResult.ALREADY_OUTSTANDING, publish(queue, "a"), "while it waits");
        assertEquals(PublishResult.QUEUED, publish(queue, "A"), "another id");
        assertEquals(PublishResult.QUEUED, queue.publish(OTHER, "a", bytes("a")).get(), "another workflow");

        Subscription subscription = subscribe(queue, WORKFLOW);
        List<Message> both = takeAll(subscription, 2);
        assertEquals(PublishResult.ALREADY_OUTSTANDING, publish(queue, "a"), "while it is worked on");
        both.get(0).nak(Duration.ofMinutes(10));
        assertEquals(PublishResult.ALREADY_OUTSTANDING, publish(queue, "a"), "while it is delayed");
        assertEquals(List.of(), subscription.pop(10, NOTHING), "further messages");
    }

    @Test
    void required_ofManyWhoPublishAnElementAtOnceOneSucceeds() throws Exception {
        Queue queue = queue(LONG);
        Queue second = queue(LONG);
        List<CompletableFuture<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            results.add(queue.publish(WORKFLOW, "a", bytes("a")));
            results.add(second.publish(WORKFLOW, "a", bytes("a")));
        }
        int queued = 0;
        for (CompletableFuture<PublishResult> result : results) {
            queued += get(result) == PublishResult.QUEUED ? 1 : 0;
        }
        assertEquals(1, queued, "publishes that were told QUEUED");
        assertEquals(1, queue.outstanding(WORKFLOW), "messages");
    }

    @Test
    void required_ackEndsTheMessageAndFreesTheElement() throws Exception {
        Queue queue = queue(SHORT);
        publish(queue, "a");
        Subscription subscription = subscribe(queue, WORKFLOW);
        Message message = take(subscription);

        message.ack();
        assertEquals(0, queue.outstanding(WORKFLOW), "outstanding after the ack");
        message.ack();
        assertEquals(List.of(), subscription.pop(1, SHORT.multipliedBy(2)), "comes again after the ack");

        assertEquals(PublishResult.QUEUED, publish(queue, "a"), "publish after the ack");
        assertEquals(1, take(subscription).deliveries(), "deliveries of the new message");
    }

    @Test
    void required_messageComesAgainAfterTheAckWait() throws Exception {
        Queue queue = queue(SHORT);
        publish(queue, "a");
        Subscription subscription = subscribe(queue, WORKFLOW);
        long start = System.nanoTime();
        take(subscription);

        Message again = take(subscription);

        assertAfter(SHORT, start, "redelivery");
        assertEquals(2, again.deliveries(), "deliveries of the second");
        assertArrayEquals(bytes("a"), again.data(), "the body of the second");
    }

    @Test
    void required_nakGivesTheMessageBackAfterItsDelay() throws Exception {
        Queue queue = queue(LONG);
        publish(queue, "a");
        Subscription subscription = subscribe(queue, WORKFLOW);
        Message first = take(subscription);

        long start = System.nanoTime();
        first.nak(Duration.ofMillis(1500));
        Message second = take(subscription);
        assertAfter(Duration.ofMillis(1500), start, "delivery after a delayed nak");
        assertEquals(2, second.deliveries(), "deliveries of the second");

        second.nak(Duration.ZERO);
        assertEquals(3, take(subscription).deliveries(), "deliveries of the third, without delay");
    }

    @Test
    void required_inProgressHoldsTheMessage() throws Exception {
        Duration ackWait = SHORT.multipliedBy(3);
        Queue queue = queue(ackWait);
        publish(queue, "a");
        Message message = take(subscribe(queue, WORKFLOW));
        try (Ticker ticker = new Ticker(ackWait.dividedBy(12), message::inProgress)) {
            Duration longer = ackWait.plus(SHORT);
            assertEquals(List.of(), subscribe(queue, WORKFLOW).pop(1, longer), "comes again meanwhile");
            ticker.check();
        }
        message.ack();
        assertEquals(0, queue.outstanding(WORKFLOW), "outstanding");
    }

    @Test
    void required_lateAckAndTheAckOfTheRedeliveryBothSucceed() throws Exception {
        Queue queue = queue(SHORT);
        publish(queue, "a");
        Subscription subscription = subscribe(queue, WORKFLOW);
        Message first = take(subscription);
        Message second = take(subscription);

        first.ack();
        second.ack();

        assertEquals(0, queue.outstanding(WORKFLOW), "outstanding");
        assertEquals(List.of(), subscription.pop(1, SHORT.multipliedBy(2)), "comes again");
    }

    @Test
    void required_outstandingCountsWhatIsWaitingDelayedAndWorkedOn() throws Exception {
        Queue queue = queue(LONG);
        assertEquals(0, queue.outstanding(WORKFLOW), "at first");
        for (String id : List.of("a", "b", "c")) {
            publish(queue, id);
        }
        get(queue.publish(OTHER, "x", bytes("x")));
        List<Message> taken = takeAll(subscribe(queue, WORKFLOW), 2);
        taken.get(0).nak(Duration.ofMinutes(10));

        assertEquals(3, queue.outstanding(WORKFLOW), "one delayed, one worked on, one waiting");
        assertEquals(3, queue(LONG).outstanding(WORKFLOW), "the same from elsewhere");
        taken.get(1).ack();
        assertEquals(2, queue.outstanding(WORKFLOW), "after an ack");
        assertEquals(1, queue.outstanding(OTHER), "of the other workflow");
    }

    @Test
    void required_popTakesNoMoreThanAskedFor() throws Exception {
        Queue queue = queue(LONG);
        for (int i = 0; i < 5; i++) {
            publish(queue, "e" + i);
        }
        Subscription first = subscribe(queue, WORKFLOW);
        int taken = first.pop(2, MOST).size();
        assertTrue(taken == 1 || taken == 2, "asked for two: " + taken);
        // What was asked for and came late is handed out here at the next time.
        taken += taken == 2 ? 0 : first.pop(1, NOTHING).size();

        List<Message> rest = takeAll(subscribe(queue(LONG), WORKFLOW), 5 - taken);
        assertEquals(5 - taken, rest.size(), "nothing was held back by the first subscription");
        assertThrows(IllegalArgumentException.class, () -> first.pop(0, NOTHING), "no messages is no request");
    }

    @Test
    void required_popReturnsAsSoonAsThereIsOne() throws Exception {
        Queue queue = queue(LONG);
        Subscription subscription = subscribe(queue(LONG), WORKFLOW);
        long start = System.nanoTime();
        assertEquals(List.of(), subscription.pop(8, Duration.ofSeconds(1)), "of an empty queue");
        assertAfter(Duration.ofSeconds(1), start, "the empty answer");

        CompletableFuture<Void> later = CompletableFuture.runAsync(
                () -> queue.publish(WORKFLOW, "a", bytes("a")).join(),
                CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
        start = System.nanoTime();
        assertEquals(1, subscription.pop(8, MOST).size(), "messages");
        assertTrue(System.nanoTime() - start < MOST.toNanos() / 2, "waited for more than the first");
        later.join();
    }

    @Test
    void required_subscriptionsShareTheMessages() throws Exception {
        int count = 300;
        Queue queue = queue(LONG);
        publishMany(queue, count);
        Subscription first = subscribe(queue, WORKFLOW);
        Subscription second = subscribe(queue(LONG), WORKFLOW);
        List<String> seen = new ArrayList<>();
        while (seen.size() < count) {
            int before = seen.size();
            for (Subscription subscription : List.of(first, second)) {
                for (Message message : subscription.pop(7, Duration.ofSeconds(5))) {
                    seen.add(new String(message.data(), StandardCharsets.UTF_8));
                    message.ack();
                }
            }
            assertTrue(seen.size() > before, "no more messages after " + before);
        }
        assertEquals(count, new TreeSet<>(seen).size(), "different elements");
        assertEquals(List.of(), first.pop(1, NOTHING), "one more than was published");
        assertEquals(0, queue.outstanding(WORKFLOW), "outstanding");
    }

    @Test
    void required_thousandsOfPublishesAtOnceAreAllStored() throws Exception {
        Queue queue = queue(LONG);
        publishMany(queue, 3000);
        assertEquals(3000, queue.outstanding(WORKFLOW), "stored");
        assertEquals(3000, queue(LONG).outstanding(WORKFLOW), "stored, seen from elsewhere");
    }

    @Test
    void required_whatIsQueuedOutlivesTheQueueObject() throws Exception {
        Queue first = open(LONG);
        publish(first, "a");
        Subscription abandoned = first.subscribe(WORKFLOW);
        abandoned.close();
        abandoned.close();
        first.close();
        first.close();
        assertFalse(first.connected(), "a closed queue is connected");

        Queue second = queue(LONG);
        assertEquals(PublishResult.ALREADY_OUTSTANDING, publish(second, "a"), "publish in the next life");
        assertArrayEquals(bytes("a"), take(subscribe(second, WORKFLOW)).data(), "the body");
    }

    @Test
    void required_messagesStayWithTheirTakerWhenTheSubscriptionCloses() throws Exception {
        Queue queue = queue(LONG);
        publish(queue, "a");
        Subscription subscription = subscribe(queue, WORKFLOW);
        Message message = take(subscription);
        subscription.close();
        assertEquals(List.of(), subscribe(queue, WORKFLOW).pop(1, NOTHING), "given to somebody else");
        message.ack();
        assertEquals(0, queue.outstanding(WORKFLOW), "outstanding");
    }

    @Test
    void required_interruptsAreHonoured() throws Exception {
        Queue queue = queue(LONG);
        Subscription subscription = subscribe(queue, WORKFLOW);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> subscription.pop(1, MOST), "pop of an interrupted thread");
        assertFalse(Thread.interrupted(), "the flag after the exception");

        Thread.currentThread().interrupt();
        CompletableFuture<PublishResult> published = queue.publish(WORKFLOW, "a", bytes("a"));
        assertTrue(Thread.interrupted(), "publish neither blocks nor clears the flag");
        assertEquals(PublishResult.QUEUED, get(published), "publish of an interrupted thread");

        Message message = take(subscription);
        Thread.currentThread().interrupt();
        message.nak(Duration.ZERO);
        assertTrue(Thread.interrupted(), "nak clears the flag");
        Message again = take(subscription);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, again::ack, "ack of an interrupted thread");
        again.ack();
    }

    @Test
    void required_leaseIsHeldByOneAtATime() throws Exception {
        Queue queue = queue(LONG);
        Queue second = queue(LONG);
        Lease lease = queue.lease(WORKFLOW).orElseThrow();
        assertTrue(lease.held(), "held");
        assertEquals(Optional.empty(), queue.lease(WORKFLOW), "a second one here");
        assertEquals(Optional.empty(), second.lease(WORKFLOW), "a second one elsewhere");
        assertTrue(second.lease(OTHER).isPresent(), "that of another workflow");

        lease.close();
        assertFalse(lease.held(), "held after it was given back");
        Lease next = second.lease(WORKFLOW).orElseThrow();
        lease.close();
        assertEquals(Optional.empty(), queue.lease(WORKFLOW), "closing twice took the next one's away");
        assertTrue(next.held(), "held");
    }

    @Test
    void required_leaseIsGivenBackWithTheQueueAndByAnInterruptedThread() throws Exception {
        Queue first = open(LONG);
        Lease lease = first.lease(WORKFLOW).orElseThrow();
        first.close();
        assertFalse(lease.held(), "held by a closed queue");

        Queue queue = queue(LONG);
        Lease next = queue.lease(WORKFLOW).orElseThrow();
        Thread.currentThread().interrupt();
        next.close();
        assertTrue(Thread.interrupted(), "close clears the flag");
        assertTrue(queue.lease(WORKFLOW).isPresent(), "not given back by an interrupted thread");

        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> queue.lease(OTHER), "lease of an interrupted thread");
    }

    @Test
    void required_ofManyWhoWantTheLeaseAtOnceOneGetsIt() throws Exception {
        List<Queue> queues = List.of(queue(LONG), queue(LONG), queue(LONG), queue(LONG));
        List<CompletableFuture<Boolean>> results = new ArrayList<>();
        for (Queue queue : queues) {
            results.add(CompletableFuture.supplyAsync(() -> wins(queue)));
        }
        int winners = 0;
        for (CompletableFuture<Boolean> result : results) {
            winners += result.get(MOST.toSeconds(), TimeUnit.SECONDS) ? 1 : 0;
        }
        assertEquals(1, winners, "who got the lease");
    }

    private static boolean wins(Queue queue) {
        try {
            return queue.lease(WORKFLOW).isPresent();
        } catch (IngestException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
