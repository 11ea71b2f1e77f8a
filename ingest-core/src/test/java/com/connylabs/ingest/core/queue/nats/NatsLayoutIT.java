package com.connylabs.ingest.core.queue.nats;

import static com.connylabs.ingest.core.queue.nats.NatsFixture.bytes;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.publish;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.take;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.nats.NatsServer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made on the server, and what becomes of what is there already. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NatsLayoutIT {
    @TempDir
    Path temp;

    private NatsFixture nats;
    private JetStreamManagement management;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsFixture(temp.resolve("nats"));
        management = nats.management();
    }

    @AfterEach
    void stop() throws Exception {
        nats.close();
    }

    @Test
    void connectingChangesNothing() throws Exception {
        nats.queue();
        assertEquals(List.of(), management.getStreamNames(), "streams");
    }

    @Test
    void aNewStreamKeepsElementsApart() throws Exception {
        publish(nats.queue(), "w", "a");

        StreamConfiguration stream = nats.stream("ingest");
        assertEquals(List.of("ingest.*.*"), stream.getSubjects(), "subjects");
        assertEquals(RetentionPolicy.WorkQueue, stream.getRetentionPolicy(), "retention");
        assertEquals(StorageType.File, stream.getStorageType(), "storage");
        assertEquals(1, stream.getMaxMsgsPerSubject(), "messages a subject");
        assertEquals(DiscardPolicy.New, stream.getDiscardPolicy(), "discard");
        assertTrue(stream.isDiscardNewPerSubject(), "discard new per subject");
        assertEquals(-1, stream.getMaxMsgs(), "messages");
        assertArrayEquals(
                bytes("a"),
                management
                        .getLastMessage("ingest", "ingest.w.ca978112ca1bbdcafac231b39a23dc4d")
                        .getData(),
                "the message on the subject of its hash");

        ConsumerConfiguration durable =
                management.getConsumerInfo("ingest", "ingest__w").getConsumerConfiguration();
        assertEquals(List.of("ingest.w.*"), durable.getFilterSubjects(), "filter");
        assertEquals(AckPolicy.Explicit, durable.getAckPolicy(), "ack policy");
        assertEquals(Duration.ofSeconds(30), durable.getAckWait(), "ack wait");
        assertEquals(-1, durable.getMaxDeliver(), "deliveries");
        assertTrue(durable.getMaxAckPending() > 1_000_000_000, "ack pending: " + durable.getMaxAckPending());
    }

    @Test
    void deadLettersAreBoundedAndTheNewestCounts() throws Exception {
        NatsQueue queue = nats.queue();
        Subscription subscription = nats.subscribe(queue, "w");
        for (String reason : List.of("first", "second")) {
            publish(queue, "w", "a");
            take(subscription).term(letter("a", reason));
        }
        StreamConfiguration dead = nats.stream("ingest-dead");
        assertEquals(List.of("ingest-dead.*.*"), dead.getSubjects(), "subjects");
        assertEquals(Duration.ofDays(30), dead.getMaxAge(), "age");
        assertEquals(1, dead.getMaxMsgsPerSubject(), "letters of an element");
        assertEquals(256L << 20, dead.getMaxBytes(), "bytes");
        assertEquals(DiscardPolicy.New, dead.getDiscardPolicy(), "when full");
        assertEquals(
                1, management.getStreamInfo("ingest-dead").getStreamState().getMsgCount(), "letters in the stream");
        assertEquals("second", queue.deadLetters().find("w", "a").orElseThrow().reason(), "the letter");
    }

    @Test
    void whatAnOperatorHasChangedIsKept() throws Exception {
        publish(nats.queue(), "w", "a");
        management.updateStream(StreamConfiguration.builder(nats.stream("ingest"))
                .maxMessages(99)
                .maxAge(Duration.ofDays(3))
                .description("ours")
                .build());
        management.addOrUpdateConsumer(
                "ingest",
                durable("ingest.w.*")
                        .ackWait(Duration.ofSeconds(77))
                        .maxAckPending(50)
                        .maxDeliver(9)
                        .build());

        NatsQueue queue = nats.queue();
        assertEquals(PublishResult.ALREADY_OUTSTANDING, publish(queue, "w", "a"), "what was there counts");
        assertEquals("a", text(take(nats.subscribe(queue, "w"))), "the message");

        StreamConfiguration stream = nats.stream("ingest");
        assertEquals(99, stream.getMaxMsgs(), "messages");
        assertEquals(Duration.ofDays(3), stream.getMaxAge(), "age");
        assertEquals("ours", stream.getDescription(), "description");
        ConsumerConfiguration durable =
                management.getConsumerInfo("ingest", "ingest__w").getConsumerConfiguration();
        assertEquals(Duration.ofSeconds(77), durable.getAckWait(), "ack wait");
        assertEquals(50, durable.getMaxAckPending(), "ack pending");
        assertEquals(9, durable.getMaxDeliver(), "deliveries");
    }

    @Test
    void theAckWaitIsWhatTheDurableHasNow() throws Exception {
        NatsQueue queue = nats.queue(nats.options().withAckWaits(Map.of("w", Duration.ofSeconds(30))));
        Subscription subscription = nats.subscribe(queue, "w");
        assertEquals(Optional.of(Duration.ofSeconds(30)), subscription.ackWait(), "as made");

        management.addOrUpdateConsumer(
                "ingest", durable("ingest.w.*").ackWait(Duration.ofSeconds(5)).build());

        Await.until("what somebody has changed is noticed", Duration.ofSeconds(30), () -> subscription
                .ackWait()
                .equals(Optional.of(Duration.ofSeconds(5))));
        nats.server.kill();
        assertEquals(Optional.of(Duration.ofSeconds(5)), subscription.ackWait(), "the last that is known");
    }

    @Test
    void whatAFlagAsksForWins() throws Exception {
        publish(nats.queue(), "w", "a");
        management.updateStream(StreamConfiguration.builder(nats.stream("ingest"))
                .maxMessages(99)
                .description("ours")
                .build());
        NatsOptions options = nats.options()
                .withLimits(new StreamLimits(OptionalInt.of(1), OptionalLong.of(7)))
                .withAckWaits(Map.of("w", Duration.ofSeconds(5)));

        publish(nats.queue(options), "w", "b");

        assertEquals(7, nats.stream("ingest").getMaxMsgs(), "messages");
        assertEquals("ours", nats.stream("ingest").getDescription(), "description");
        ConsumerConfiguration durable =
                management.getConsumerInfo("ingest", "ingest__w").getConsumerConfiguration();
        assertEquals(Duration.ofSeconds(5), durable.getAckWait(), "ack wait");
        assertTrue(durable.getMaxAckPending() > 1_000_000_000, "ack pending: " + durable.getMaxAckPending());
    }

    @Test
    void aStreamOfTheOriginalsIsUsedAsItIs() throws Exception {
        original();
        NatsQueue queue = nats.queue();

        assertEquals(PublishResult.QUEUED, publish(queue, "w", "a"), "first; the durable is there before it");
        assertEquals(PublishResult.QUEUED, publish(queue, "w", "a"), "there it can be queued twice");
        publish(queue, "other", "x");
        assertEquals(2, queue.outstanding("w"), "outstanding");
        assertEquals(
                List.of("ingest.w"),
                management
                        .getConsumerInfo("ingest", "ingest__w")
                        .getConsumerConfiguration()
                        .getFilterSubjects(),
                "filter");
        // An enqueuer of the original's publishes beside us.
        nats.client().jetStream().publish("ingest.w", bytes("b"));

        Subscription subscription = nats.subscribe(queue, "w");
        for (String expected : List.of("a", "a", "b")) {
            var message = take(subscription);
            assertEquals(expected, text(message), "message");
            message.ack();
        }
        assertEquals(0, queue.outstanding("w"), "outstanding at the end");
        assertEquals(1, queue.outstanding("other"), "of the other workflow");
        assertEquals(RetentionPolicy.Interest, nats.stream("ingest").getRetentionPolicy(), "retention");
    }

    @Test
    void aDurableThatAnOriginalTookAwayIsMadeAgainBeforeMoreIsLost() throws Exception {
        original();
        NatsQueue queue = nats.queue();
        publish(queue, "w", "a");
        management.deleteConsumer("ingest", "ingest__w");
        Await.until("a publish that is kept", NatsFixture.SOON, () -> {
            publish(queue, "w", "b");
            return queue.outstanding("w") > 0;
        });
        assertEquals("b", text(take(nats.subscribe(queue, "w"))), "the message");
    }

    @Test
    void aStreamWithOtherSubjectsIsRefused() throws Exception {
        management.addStream(StreamConfiguration.builder()
                .name("ingest")
                .subjects("orders.>")
                .build());
        assertRefused("orders.>", "--subject");
    }

    @Test
    void aStreamThatWouldQueueElementsTwiceIsRefused() throws Exception {
        management.addStream(StreamConfiguration.builder()
                .name("ingest")
                .subjects("ingest.*.*")
                .retentionPolicy(RetentionPolicy.WorkQueue)
                .build());
        assertRefused("discard_new_per_subject", "--stream");
    }

    @Test
    void subjectsOfAnotherStreamAreNamed() throws Exception {
        management.addStream(StreamConfiguration.builder()
                .name("orders")
                .subjects("ingest.>")
                .build());
        assertRefused("stream orders", "--subject");
    }

    @Test
    void replicasThatTheServerCannotHaveAreRefused() throws Exception {
        NatsOptions options = nats.options().withLimits(new StreamLimits(OptionalInt.of(3), OptionalLong.empty()));
        assertRefused(options, "3 replicas", "--stream-replicas");
    }

    @Test
    void aDurableThatDoesNotFitIsRefused() throws Exception {
        publish(nats.queue(), "other", "a");
        management.addOrUpdateConsumer("ingest", durable("ingest.v.*").build());
        assertRefused("ingest.v.*", "--consumer");
    }

    @Test
    void aSecondDurableForTheSameWorkflowIsRefused() throws Exception {
        publish(nats.queue(), "w", "a");
        assertRefused(nats.options().withNames("ingest", "ingest", "mine"), "mine__w", "--consumer");
    }

    @Test
    void aServerWithoutJetStreamIsNamed() throws Exception {
        Path config = Files.writeString(
                temp.resolve("accounts.conf"),
                "accounts { plain { users: [{user: u, password: p}] } }\nno_auth_user: u\n");
        try (NatsServer plain = NatsServer.start(temp.resolve("plain"), config);
                NatsQueue queue = NatsQueue.connect(NatsOptions.of(plain.url()))) {
            var error = assertThrows(EndpointException.class, () -> queue.subscribe("w"));
            assertTrue(error.getMessage().contains("JetStream"), "says what is missing: " + error);
            assertTrue(error.getMessage().contains(plain.url()), "says where: " + error);
        }
    }

    @Test
    void namesOfWorkflowsAreChecked() throws Exception {
        NatsQueue queue = nats.queue();
        assertThrows(IllegalArgumentException.class, () -> queue.publish("a.b", "x", new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> queue.subscribe("*"));
        assertThrows(IllegalArgumentException.class, () -> queue.outstanding(""));
    }

    private void original() throws JetStreamApiException, IOException {
        management.addStream(StreamConfiguration.builder()
                .name("ingest")
                .subjects("ingest.*")
                .retentionPolicy(RetentionPolicy.Interest)
                .storageType(StorageType.File)
                .build());
    }

    private void assertRefused(String... words) throws Exception {
        assertRefused(nats.options(), words);
    }

    private void assertRefused(NatsOptions options, String... words) throws Exception {
        NatsQueue queue = nats.queue(options);
        var fromSubscribe = assertThrows(PermanentException.class, () -> queue.subscribe("w"));
        var fromPublish = assertThrows(ExecutionException.class, () -> publish(queue, "w", "a"));
        assertEquals(PermanentException.class, fromPublish.getCause().getClass(), "publish: " + fromPublish);
        for (String word : words) {
            assertTrue(fromSubscribe.getMessage().contains(word), "says " + word + ": " + fromSubscribe);
            assertTrue(fromPublish.getMessage().contains(word), "says " + word + ": " + fromPublish);
        }
    }

    private static ConsumerConfiguration.Builder durable(String filter) {
        return ConsumerConfiguration.builder()
                .durable("ingest__w")
                .filterSubject(filter)
                .ackPolicy(AckPolicy.Explicit);
    }

    private static DeadLetter letter(String id, String reason) {
        return new DeadLetter("w", id, bytes(id), Optional.empty(), reason, 1, Instant.EPOCH, Instant.EPOCH);
    }
}
