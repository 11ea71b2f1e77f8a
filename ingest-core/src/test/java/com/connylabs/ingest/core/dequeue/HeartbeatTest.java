package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.InMemoryQueue;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of a message while it is held, and not later. */
@Timeout(60)
class HeartbeatTest {
    private final InMemoryQueue queue = new InMemoryQueue();
    private final InMemoryDestination at = new InMemoryDestination();
    private final Fixture f = new Fixture().to("d", at);

    @Test
    void aBeatThatIsUnderWayEndsBeforeTheReleaseDoes() throws Exception {
        CountDownLatch beating = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        queue.hook((operation, id) -> {
            if (operation == Operation.IN_PROGRESS) {
                beating.countDown();
                goOn.await();
            }
        });
        queue.publish("w", "a", new byte[0]).get();
        try (Heartbeat heartbeat = new Heartbeat("w", Duration.ofMillis(30));
                Subscription subscription = queue.subscribe("w")) {
            Message message = subscription.pop(1, Duration.ofSeconds(10)).get(0);
            heartbeat.hold(message);
            beating.await();

            CompletableFuture<Void> returned = new CompletableFuture<>();
            Thread worker = new Thread(() -> returned.complete(giveBack(heartbeat, message)));
            worker.start();
            Await.until(
                    "it waits or is through",
                    Duration.ofSeconds(10),
                    () -> worker.getState() == Thread.State.BLOCKED || returned.isDone());
            goOn.countDown();
            returned.get();

            assertEquals(
                    1, subscription.pop(1, Duration.ofSeconds(5)).size(), "delivered again when its delay is over");
        }
    }

    @Test
    void itBeatsFasterAtOnceWhenTheQueueWaitsForLess() throws Exception {
        queue.publish("w", "a", new byte[0]).get();
        try (Heartbeat heartbeat = new Heartbeat("w", Duration.ofHours(1));
                Subscription subscription = queue.subscribe("w")) {
            heartbeat.hold(subscription.pop(1, Duration.ofSeconds(10)).get(0));
            heartbeat.within(Duration.ofMillis(30));
            Await.until("five beats", Duration.ofSeconds(10), () -> queue.calls(Operation.IN_PROGRESS) >= 5);

            heartbeat.within(Duration.ofHours(2));
            heartbeat.within(Duration.ofMillis(30));
            long before = queue.calls(Operation.IN_PROGRESS);
            Await.until("five more", Duration.ofSeconds(10), () -> queue.calls(Operation.IN_PROGRESS) >= before + 5);
        }
    }

    @Test
    void whatTakesLongerThanTheAckWaitIsHeld() throws Exception {
        Fixture slow = new Fixture().to("d", at);
        slow.source.put("o", new byte[1]);
        slow.options = DequeuerOptions.of("w")
                .with(Fixture.concurrency(2))
                .with(new Retries(3, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), Duration.ofMillis(30)))
                .with(new Ending(Duration.ofSeconds(5), Duration.ofSeconds(60)));
        at.hook((operation, name) -> {
            if (operation == Operation.STORE) {
                Await.until(
                        "five heartbeats", Duration.ofSeconds(10), () -> slow.queue.calls(Operation.IN_PROGRESS) >= 5);
            }
        });
        slow.run();
        assertEquals(1, at.calls(Operation.STORE));
    }

    @Test
    void whatTakesLongerThanTheQueueReallyWaitsIsHeld() throws Exception {
        Fixture slow = new Fixture(new InMemoryQueue(Duration.ofSeconds(9))).to("d", at);
        slow.source.put("o", new byte[1]);
        at.hook((operation, name) -> {
            if (operation == Operation.STORE) {
                Await.until(
                        "four heartbeats", Duration.ofSeconds(25), () -> slow.queue.calls(Operation.IN_PROGRESS) >= 4);
            }
        });
        slow.run();
        assertEquals(1, at.calls(Operation.STORE));
    }

    @Test
    void whatIsGivenBackIsNotHeldAnyMore() throws Exception {
        f.source.put("o0", new byte[1]);
        f.source.put("o1", new byte[1]);
        f.options = DequeuerOptions.of("w")
                .with(Fixture.concurrency(2))
                .with(new Retries(3, Fixture.QUICK, Duration.ofMillis(30)));
        CountDownLatch givenBack = new CountDownLatch(1);
        at.hook((operation, name) -> {
            if (operation == Operation.STORE && name.equals("o0") && at.calls(Operation.STORE, name) == 1) {
                throw new TransientException("no luck");
            }
            if (operation == Operation.STORE && name.equals("o1")) {
                givenBack.await(); // held all the while, which shows that the heart beats
            }
        });
        AtomicLong heldFor = new AtomicLong(-1);
        f.queue.hook((operation, name) -> {
            if (operation == Operation.NAK) {
                long before = f.queue.calls(Operation.IN_PROGRESS, "memory/o0");
                long beats = f.queue.calls(Operation.IN_PROGRESS, "memory/o1");
                Await.until(
                        "three beats",
                        Duration.ofSeconds(10),
                        () -> f.queue.calls(Operation.IN_PROGRESS, "memory/o1") >= beats + 3);
                heldFor.set(f.queue.calls(Operation.IN_PROGRESS, "memory/o0") - before);
                givenBack.countDown();
            }
        });
        f.run();
        assertEquals(0, heldFor.get(), "beats for what is on its way back");
        assertEquals(2, at.names().size());
    }

    private static Void giveBack(Heartbeat heartbeat, Message message) {
        heartbeat.release(message);
        try {
            message.nak(Duration.ofMillis(200));
        } catch (IngestException e) {
            throw new AssertionError(e);
        }
        return null;
    }
}
