package com.connylabs.ingest.core.queue.nats;

import static com.connylabs.ingest.core.queue.nats.NatsFixture.SOON;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.bytes;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.publish;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.take;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.testkit.Await;
import io.nats.client.JetStreamManagement;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages that the server has lost track of are worked on, and free their elements. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class NatsGhostsIT {
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
    void aLostMessageIsDeliveredAgainUntilItIsDone() throws Exception {
        NatsQueue queue = nats.queue();
        Subscription subscription = lose(queue, "a");
        assertEquals(PublishResult.ALREADY_OUTSTANDING, publish(queue, "w", "a"), "its subject is occupied");
        assertEquals(1, queue.outstanding("w"), "outstanding");

        Message found = take(subscription);
        assertEquals("a", text(found), "the message");
        assertEquals(2, found.deliveries(), "it counts as delivered before");
        found.nak(Duration.ofMillis(100));
        Message again = take(subscription);
        assertEquals(3, again.deliveries(), "deliveries after a nak");
        found.nak(Duration.ofHours(1));
        again.nak(Duration.ZERO);
        Message last = take(subscription);
        assertEquals(4, last.deliveries(), "an old delivery delays nobody");

        last.ack();
        last.ack();
        assertEquals(0, queue.outstanding("w"), "outstanding after the ack");
        assertEquals(PublishResult.QUEUED, publish(queue, "w", "a"), "its subject is free");
    }

    @Test
    void aLostMessageCanBeGivenUp() throws Exception {
        NatsQueue queue = nats.queue();
        Subscription subscription = lose(queue, "a");
        var letter = new DeadLetter("w", "a", bytes("a"), Optional.empty(), "why", 2, Instant.EPOCH, Instant.EPOCH);
        take(subscription).term(letter);
        assertEquals(Optional.of(letter), queue.deadLetters().find("w", "a"), "letter");
        assertEquals(0, queue.outstanding("w"), "outstanding");
    }

    @Test
    void twoWhoFindTheSameMessageDoNotDisturbEachOther() throws Exception {
        NatsQueue queue = nats.queue();
        Subscription first = lose(queue, "a");
        Subscription second = nats.subscribe(nats.queue(), "w");
        Message here = take(first);
        Message there = take(second);
        here.ack();
        there.ack();
        assertEquals(PublishResult.QUEUED, publish(queue, "w", "a"), "its subject is free");
        there.ack();
        assertEquals(1, queue.outstanding("w"), "the next message is not touched");
    }

    @Test
    void inAStreamThatWasMadeAnewTheMessageOfTheSameNumberIsNotTouched() throws Exception {
        NatsQueue queue = nats.queue();
        Message found = take(lose(queue, "a"));
        nats.management().deleteStream("ingest");
        publish(queue, "w", "one");
        publish(queue, "w", "two");
        assertEquals(
                2, nats.management().getStreamInfo("ingest").getStreamState().getLastSequence(), "sequence");

        found.ack();
        assertEquals(2, queue.outstanding("w"), "outstanding after the ack of an old message");
        var letter = new DeadLetter("w", "a", bytes("a"), Optional.empty(), "why", 2, Instant.EPOCH, Instant.EPOCH);
        found.term(letter);
        assertEquals(2, queue.outstanding("w"), "outstanding after the end of an old message");
    }

    @Test
    void whatIsBeingWorkedOnIsNotLost() throws Exception {
        NatsQueue queue = nats.queue();
        publish(queue, "w", "a");
        publish(queue, "w", "b");
        Subscription subscription = nats.subscribe(queue, "w");
        take(subscription);
        take(subscription).nak(Duration.ofHours(1));
        assertEquals(List.of(), subscription.pop(1, Duration.ofSeconds(14)), "what is held or delayed");
    }

    @Test
    void aDurableDoesNotWaitForEverForAMessageThatIsNotThere() throws Exception {
        NatsQueue queue = nats.queue(nats.options().withAckWaits(Map.of("w", Duration.ofSeconds(1))));
        publish(queue, "other", "theirs");
        publish(queue, "w", "gone");
        Subscription subscription = nats.subscribe(queue, "w");
        take(subscription);
        nats.server.stop();
        byte[] before = Files.readAllBytes(stateOfDurable());
        nats.server.restart();
        take(subscription).ack();
        nats.server.stop();
        Files.write(stateOfDurable(), before); // as if it had been killed before it wrote the new one
        nats.server.restart();
        JetStreamManagement management = nats.management();
        assertEquals(1, management.getConsumerInfo("ingest", "ingest__w").getNumAckPending(), "the server waits");

        Await.until("the server does not wait", Duration.ofMinutes(1), () -> {
            subscription.pop(1, Duration.ofMillis(200));
            return management.getConsumerInfo("ingest", "ingest__w").getNumAckPending() == 0;
        });
        assertEquals(1, queue.outstanding("other"), "another workflow's message stays");
    }

    @Test
    void afterAServerWasKilledEveryElementCanBeQueuedAgain() throws Exception {
        int count = 2000;
        NatsQueue queue = nats.queue();
        publishAll(queue, count);
        Subscription subscription = nats.subscribe(queue, "w");
        ackAll(subscription, count);
        nats.server.kill();
        Await.until("a notice of the outage", SOON, () -> !queue.connected());
        nats.server.restart();
        Await.until("a connection", SOON, queue::connected);

        long acked = 0;
        while (queue.outstanding("w") > 0) {
            for (Message message : subscription.pop(100, Duration.ofSeconds(5))) {
                message.ack();
                acked++;
            }
        }
        System.out.println("acked again after the kill: " + acked);
        publishAll(queue, count);
    }

    private Path stateOfDurable() {
        return temp.resolve("nats/store/jetstream/$G/streams/ingest/obs/ingest__w/o.dat");
    }

    /** Makes the server lose a message: it may deliver it once, and nobody acks it. */
    private Subscription lose(NatsQueue queue, String id) throws Exception {
        publish(queue, "w", "first");
        Subscription subscription = nats.subscribe(queue, "w");
        take(subscription).ack();
        JetStreamManagement management = nats.management();
        management.addOrUpdateConsumer(
                "ingest",
                ConsumerConfiguration.builder()
                        .durable("ingest__w")
                        .filterSubject("ingest.w.*")
                        .ackPolicy(AckPolicy.Explicit)
                        .ackWait(Duration.ofSeconds(1))
                        .maxDeliver(1)
                        .build());
        publish(queue, "w", id);
        take(subscription);
        var pull = nats.client().jetStream().subscribe(null, PullSubscribeOptions.bind("ingest", "ingest__w"));
        Await.until("that the durable forgets the message", SOON, () -> {
            // Only when asked for more does the server find out that it may not deliver the message.
            assertEquals(List.of(), pull.fetch(1, Duration.ofMillis(100)), "delivered once more");
            return management.getConsumerInfo("ingest", "ingest__w").getNumAckPending() == 0;
        });
        return subscription;
    }

    private static void publishAll(NatsQueue queue, int count) throws Exception {
        List<CompletableFuture<PublishResult>> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            results.add(queue.publish("w", "e" + i, bytes("e" + i)));
        }
        for (var result : results) {
            assertEquals(PublishResult.QUEUED, result.get(30, TimeUnit.SECONDS), "result");
        }
    }

    private static void ackAll(Subscription subscription, int count) throws Exception {
        int acked = 0;
        while (acked < count) {
            for (Message message : subscription.pop(100, SOON)) {
                message.ack();
                acked++;
            }
        }
    }
}
