package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.tck.fake.InMemoryQueue;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of a message while it is held, and not later. */
@Timeout(60)
class HeartbeatTest {
    private final InMemoryQueue queue = new InMemoryQueue();

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
