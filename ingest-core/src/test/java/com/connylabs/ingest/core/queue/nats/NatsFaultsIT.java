package com.connylabs.ingest.core.queue.nats;

import static com.connylabs.ingest.core.queue.nats.NatsFixture.SOON;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.bytes;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.publish;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.take;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.testkit.Await;
import io.nats.client.api.StreamConfiguration;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the queue does when the server, the stream or the durable goes away under it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class NatsFaultsIT {
    @TempDir
    Path temp;

    private NatsFixture nats;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsFixture(temp.resolve("nats"));
    }

    @AfterEach
    void stop() throws Exception {
        nats.close();
    }

    @Test
    void whatWasConfirmedSurvivesAServerKilledInMidPublish() throws Exception {
        int count = 20_000;
        NatsQueue queue = nats.queue();
        var confirmed = new ConcurrentSkipListSet<String>();
        var publisher = Executors.newSingleThreadExecutor();
        try {
            Future<?> done = publisher.submit(() -> publishUntilConfirmed(queue, count, confirmed));
            for (int kill = 1; kill <= 2; kill++) {
                int enough = kill * count / 4;
                Await.until(enough + " confirmed publishes", SOON, () -> confirmed.size() >= enough);
                nats.server.kill();
                Await.until("a notice of the outage", SOON, () -> !queue.connected());
                nats.server.restart();
            }
            done.get(3, TimeUnit.MINUTES);
        } finally {
            publisher.shutdownNow();
        }
        assertEquals(count, confirmed.size(), "confirmed");
        assertEquals(count, queue.outstanding("w"), "in the stream");
        assertEquals(confirmed, drain(nats.subscribe(queue, "w"), count), "delivered");
    }

    @Test
    void afterAnOutageTheSubscriptionGoesOnByItself() throws Exception {
        NatsQueue queue = nats.queue();
        Subscription subscription = nats.subscribe(queue, "w");
        assertTrue(queue.connected(), "connected at first");
        nats.server.kill();
        Await.until("a notice of the outage", SOON, () -> !queue.connected());

        var error = assertThrows(EndpointException.class, () -> subscription.pop(1, Duration.ofSeconds(1)));
        assertTrue(error.getMessage().contains(nats.server.url()), "says where: " + error);
        String fault = "connection to " + nats.server.url() + " lost at 20";
        Await.until("it says where", SOON, () -> queue.fault().orElse("").startsWith(fault));
        assertThrows(EndpointException.class, () -> queue.outstanding("w"), "counting");
        assertThrows(EndpointException.class, () -> queue.subscribe("v"), "subscribing");

        var waiting = CompletableFuture.supplyAsync(() -> popQuietly(subscription));
        nats.server.restart();
        publish(queue, "w", "a");
        assertEquals("a", text(waiting.get(30, TimeUnit.SECONDS).get(0)), "the message");
        assertTrue(queue.connected(), "connected again");
        assertEquals(Optional.empty(), queue.fault(), "fault");
    }

    @Test
    void anOutageIsWaitedForInPeace() throws Exception {
        NatsQueue queue = nats.queue();
        Subscription subscription = nats.subscribe(queue, "w");
        nats.server.kill();
        Await.until("a notice of the outage", SOON, () -> !queue.connected());

        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = cpuNanos(threads);
        for (int i = 0; i < 3; i++) {
            assertThrows(EndpointException.class, () -> subscription.pop(1, Duration.ofSeconds(1)));
        }
        long usedMillis = (cpuNanos(threads) - before) / 1_000_000;
        assertTrue(usedMillis < 1000, "CPU of all threads in 3 s of outage: " + usedMillis + " ms");
    }

    @Test
    void aFullStreamMakesThePublisherWait() throws Exception {
        NatsQueue queue =
                nats.queue(nats.options().withLimits(new StreamLimits(OptionalInt.empty(), OptionalLong.of(2))));
        publish(queue, "w", "a");
        publish(queue, "w", "b");
        assertEquals(PublishResult.ALREADY_OUTSTANDING, publish(queue, "w", "a"), "one that is there");

        var error = assertThrows(ExecutionException.class, () -> publish(queue, "w", "c"));
        assertEquals(TransientException.class, error.getCause().getClass(), "one more than fits: " + error);
        assertTrue(error.getMessage().contains("full"), "says why: " + error);

        take(nats.subscribe(queue, "w")).ack();
        assertEquals(PublishResult.QUEUED, publish(queue, "w", "c"), "when there is room again");
    }

    @Test
    void aMessageLargerThanTheServerTakesIsAPermanentError() throws Exception {
        NatsQueue queue = nats.queue();
        var result = queue.publish("w", "a", new byte[2 << 20]);
        var error = assertThrows(ExecutionException.class, () -> result.get(30, TimeUnit.SECONDS));
        assertEquals(PermanentException.class, error.getCause().getClass(), "type: " + error);
        assertEquals(PublishResult.QUEUED, publish(queue, "w", "b"), "the next");
    }

    @Test
    void aStreamDeletedUnderUsIsMadeAgain() throws Exception {
        NatsQueue queue = nats.queue();
        Subscription subscription = nats.subscribe(queue, "w");
        publish(queue, "w", "a");
        nats.management().deleteStream("ingest");

        assertEquals(PublishResult.QUEUED, publish(queue, "w", "a"), "publish to a stream that is gone");
        assertEquals("a", text(take(subscription)), "message");

        nats.management().deleteStream("ingest");
        assertEquals(List.of(), subscription.pop(1, Duration.ofSeconds(8)), "of a stream that is gone");
        assertEquals(0, queue.outstanding("w"), "outstanding there");
        publish(nats.queue(), "w", "b");
        assertEquals("b", text(take(subscription)), "message in the new stream");
    }

    @Test
    void aDurableDeletedWhileWeWaitIsMadeAgain() throws Exception {
        NatsQueue queue = nats.queue();
        Subscription subscription = nats.subscribe(queue, "w");
        var waiting = CompletableFuture.supplyAsync(() -> popQuietly(subscription));
        Await.until("a waiting request", SOON, () -> waitingRequests() == 1);

        nats.management().deleteConsumer("ingest", "ingest__w");
        Await.until("a durable", SOON, () -> waitingRequests() >= 0);
        publish(queue, "w", "a");
        assertEquals("a", text(waiting.get(30, TimeUnit.SECONDS).get(0)), "message");
    }

    @Test
    void anAnswerToAMessageWhoseDurableIsGoneFails() throws Exception {
        NatsQueue queue = nats.queue();
        publish(queue, "w", "a");
        Message message = take(nats.subscribe(queue, "w"));
        nats.management().deleteConsumer("ingest", "ingest__w");

        var error = assertThrows(TransientException.class, message::ack);
        assertTrue(error.getMessage().contains("not confirmed"), "says what: " + error);
        assertEquals("a", text(take(nats.subscribe(queue, "w"))), "comes again");
    }

    @Test
    void whenTheDeadLettersAreFullTheMessageStaysAlive() throws Exception {
        NatsQueue queue = nats.queue();
        Subscription subscription = nats.subscribe(queue, "w");
        nats.management()
                .updateStream(StreamConfiguration.builder(nats.stream("ingest-dead"))
                        .maxMessages(1)
                        .build());
        publish(queue, "w", "a");
        take(subscription).term(letter("a"));
        publish(queue, "w", "b");
        Message message = take(subscription);

        var error = assertThrows(EndpointException.class, () -> message.term(letter("b")));
        assertTrue(
                error.getMessage().contains("ingest-dead") && error.getMessage().contains("full"), "says: " + error);
        assertEquals(1, queue.outstanding("w"), "still outstanding");
        message.nak(Duration.ZERO);
        assertEquals("b", text(take(subscription)), "still alive");
    }

    @Test
    void afterARestartWithAnEmptyDiskTheMessageOfTheSameNumberIsNotTouched() throws Exception {
        NatsQueue queue = nats.queue();
        Subscription subscription = nats.subscribe(queue, "w");
        publish(queue, "w", "a");
        Message old = take(subscription);
        nats.management().deleteStream("ingest");
        nats.server.restart();
        Await.until("queued again", Duration.ofMinutes(1), () -> publish(queue, "w", "other") == PublishResult.QUEUED);
        Await.until(
                "delivered",
                Duration.ofMinutes(1),
                () -> subscription.pop(1, Duration.ofSeconds(1)).size() == 1);
        assertEquals(
                1, nats.management().getStreamInfo("ingest").getStreamState().getLastSequence(), "sequence");

        old.ack();
        assertEquals(1, queue.outstanding("w"), "outstanding after the ack of an old message");
        old.term(letter("a"));
        assertEquals(1, queue.outstanding("w"), "outstanding after the end of an old message");
        assertEquals(Optional.empty(), queue.deadLetters().find("w", "a"), "a letter for what is not there");
    }

    @Test
    void afterARestartAMessageThatIsHeldCanBeEnded() throws Exception {
        NatsQueue queue = nats.queue();
        Subscription subscription = nats.subscribe(queue, "w");
        publish(queue, "w", "a");
        Message held = take(subscription);
        nats.server.stop();
        Await.until("a notice of the outage", SOON, () -> !queue.connected());
        nats.server.restart();
        Await.until("connected", Duration.ofMinutes(1), queue::connected);
        held.ack();
        assertEquals(0, queue.outstanding("w"), "outstanding");
    }

    @Test
    void aDeadLetterStreamDeletedUnderUsIsMadeAgain() throws Exception {
        NatsQueue queue = nats.queue();
        publish(queue, "w", "a");
        Message message = take(nats.subscribe(queue, "w"));
        nats.management().deleteStream("ingest-dead");
        message.term(letter("a"));
        assertEquals(Optional.of(letter("a")), queue.deadLetters().find("w", "a"), "the letter");
    }

    @Test
    void closingWaitsForWhatIsUnderWay() throws Exception {
        NatsQueue queue = nats.queue();
        publish(queue, "w", "first"); // so that the stream and the durable are there
        List<CompletableFuture<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            results.add(queue.publish("w", "e" + i, bytes("e" + i)));
        }
        queue.close();
        for (var result : results) {
            assertTrue(result.isDone(), "left over by close");
            assertEquals(PublishResult.QUEUED, result.get(), "result");
        }
        var late = queue.publish("w", "x", bytes("x"));
        assertThrows(ExecutionException.class, () -> late.get(1, TimeUnit.SECONDS), "after close");
        assertFalse(queue.connected(), "connected after close");
    }

    /** As an enqueuer does: a bounded window, and what failed is published again. */
    private static void publishUntilConfirmed(NatsQueue queue, int count, Set<String> confirmed) {
        var window = new Semaphore(512);
        for (int i = 0; i < count; i++) {
            window.acquireUninterruptibly();
            publishOne(queue, "e" + i, window, confirmed);
        }
        window.acquireUninterruptibly(512);
    }

    private static void publishOne(NatsQueue queue, String id, Semaphore window, Set<String> confirmed) {
        var unused = queue.publish("w", id, bytes(id)).whenComplete((result, error) -> {
            if (error == null) {
                confirmed.add(id);
                window.release();
            } else {
                CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
                        .execute(() -> publishOne(queue, id, window, confirmed));
            }
        });
    }

    private static Set<String> drain(Subscription subscription, int count) throws Exception {
        var seen = new TreeSet<String>();
        while (seen.size() < count) {
            List<Message> messages = subscription.pop(500, Duration.ofSeconds(10));
            assertFalse(messages.isEmpty(), "no more after " + seen.size());
            for (Message message : messages) {
                seen.add(text(message));
                message.ack();
            }
        }
        return seen;
    }

    private static List<Message> popQuietly(Subscription subscription) {
        try {
            return subscription.pop(1, SOON);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private long waitingRequests() throws Exception {
        return nats.management().getConsumerInfo("ingest", "ingest__w").getNumWaiting();
    }

    private static long cpuNanos(ThreadMXBean threads) {
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            sum += Math.max(0, threads.getThreadCpuTime(id));
        }
        return sum;
    }

    private static DeadLetter letter(String id) {
        return new DeadLetter("w", id, bytes(id), Optional.empty(), "why", 1, Instant.EPOCH, Instant.EPOCH);
    }
}
