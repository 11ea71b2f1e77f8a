package com.connylabs.ingest.core.queue.nats;

import static com.connylabs.ingest.core.queue.nats.NatsFixture.bytes;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.publish;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.core.queue.DeadLetterJson;
import com.connylabs.ingest.testkit.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters as an operator finds them on a server. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NatsLettersIT {
    private static final String STREAM = "ingest-dead";

    @TempDir
    Path temp;

    private NatsFixture nats;
    private NatsQueue queue;
    private DeadLetters letters;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsFixture(temp.resolve("nats"));
        queue = nats.queue();
        letters = queue.deadLetters();
    }

    @AfterEach
    void stop() throws Exception {
        nats.close();
    }

    @Test
    void aReasonThatIsVeryLongIsCut() throws Exception {
        publish(queue, "w", "a");
        take(nats.subscribe(queue, "w"))
                .term(new DeadLetter(
                        "w",
                        "a",
                        bytes("a"),
                        Optional.empty(),
                        "why? ".repeat(400_000),
                        1,
                        Instant.EPOCH,
                        Instant.EPOCH));
        assertEquals(0, queue.outstanding("w"), "the message has ended");
        String reason = letters.find("w", "a").orElseThrow().reason();
        assertTrue(reason.startsWith("why? why? ") && reason.length() < 5000, reason.length() + " characters");
    }

    @Test
    void aLetterThatTheServerCannotTakeLeavesTheMessageAlive() throws Exception {
        byte[] large = new byte[900_000]; // which is more than a megabyte in Base64
        queue.publish("w", "a", large).get(30, TimeUnit.SECONDS);
        Message message = take(nats.subscribe(queue, "w"));
        DeadLetter letter = new DeadLetter("w", "a", large, Optional.empty(), "why", 1, Instant.EPOCH, Instant.EPOCH);
        PermanentException e = assertThrows(PermanentException.class, () -> message.term(letter));
        assertTrue(String.valueOf(e.getMessage()).contains("max_payload"), e.getMessage());
        assertEquals(1, queue.outstanding("w"), "nothing is dropped");
    }

    @Test
    void lookingLeavesNothingOnTheServer() throws Exception {
        assertEquals(List.of(), ids(), "letters");
        assertEquals(0, letters.count("w"), "count");
        assertEquals(Optional.empty(), letters.find("w", "a"), "find");
        JetStreamManagement management = nats.management();
        assertEquals(List.of(), management.getStreamNames(), "streams");

        bury("a", "refused");
        assertEquals(List.of("a"), ids(), "letters");
        assertEquals(List.of(), management.getConsumerNames(STREAM), "consumers");
    }

    @Test
    void thousandsAreReadThoughTheServerForgetsTheReader() throws Exception {
        buryMany(2001);
        JetStreamManagement management = nats.management();
        List<String> seen = new ArrayList<>();
        letters.forEach("w", letter -> {
            seen.add(letter.id());
            if (seen.size() == 150) {
                forgetReaders(management);
            }
        });
        assertEquals(2001, seen.size(), "letters shown");
        assertEquals(2001, seen.stream().distinct().count(), "different ones");
        assertEquals(2001, letters.count("w"), "count");
    }

    @Test
    void whatVanishesMeanwhileIsNotWaitedFor() throws Exception {
        buryMany(150);
        JetStreamManagement management = nats.management();
        List<String> seen = new ArrayList<>();
        letters.forEach("w", letter -> {
            if (seen.isEmpty()) {
                purge(management);
            }
            seen.add(letter.id());
        });
        assertTrue(seen.size() < 150, "those that were there already: " + seen.size());
    }

    /** The first one as a worker does, which makes the stream. */
    private void buryMany(int count) throws Exception {
        bury("first", "refused");
        Connection client = nats.client();
        for (int i = 1; i < count; i++) {
            byte[] letter = DeadLetterJson.write(letter("e" + i, "refused"));
            client.request(LetterSubjects.of(STREAM, "w", "e" + i), letter, NatsFixture.SOON);
        }
    }

    private static void purge(JetStreamManagement management) {
        try {
            management.purgeStream(STREAM);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNoLetterIsPassedOver() throws Exception {
        bury("a", "refused");
        nats.client().jetStream().publish(STREAM + ".w.x", bytes("hello"));
        bury("b", "refused");
        assertEquals(List.of("a", "b"), ids(), "letters");
    }

    @Test
    void aNewerLetterOfTheElementIsNotDeletedInThePlaceOfTheOneThatWasRead() throws Exception {
        bury("a", "one reason");
        JetStreamManagement management = nats.management();
        long read = management.getStreamInfo(STREAM).getStreamState().getLastSequence();
        DeadLetter newer = bury("a", "another reason");
        assertFalse(StreamMessages.delete(management, STREAM, read), "deleted");
        assertEquals(Optional.of(newer), letters.find("w", "a"), "the newer one");
    }

    @Test
    void whoMayNotReadThemIsToldSo() throws Exception {
        Path config = Files.writeString(temp.resolve("users.conf"), """
                authorization { users: [{ user: me, password: secret, permissions: {
                  publish: { deny: ["$JS.API.STREAM.INFO.ingest-dead", "$JS.API.STREAM.MSG.GET.ingest-dead"] } } }] }
                """);
        try (NatsServer server = NatsServer.start(temp.resolve("strict"), config);
                NatsQueue strict =
                        NatsQueue.connect(NatsOptions.of(server.url().replace("nats://", "nats://me:secret@")))) {
            EndpointException e = assertThrows(
                    EndpointException.class, () -> strict.deadLetters().forEach("w", letter -> {}));
            String message = String.valueOf(e.getMessage());
            assertTrue(message.contains("stream ingest-dead of dead letters: reading"), message);
            assertTrue(message.contains("may this user use it?"), message);
            assertThrows(EndpointException.class, () -> strict.deadLetters().find("w", "a"), "find");
        }
    }

    private DeadLetter bury(String id, String reason) throws Exception {
        Subscription subscription = nats.subscribe(queue, "w");
        publish(queue, "w", id);
        DeadLetter letter = letter(id, reason);
        take(subscription).term(letter);
        return letter;
    }

    private List<String> ids() throws Exception {
        List<String> ids = new ArrayList<>();
        letters.forEach(letter -> ids.add(letter.id()));
        return ids;
    }

    private static void forgetReaders(JetStreamManagement management) {
        try {
            for (String name : management.getConsumerNames(STREAM)) {
                management.deleteConsumer(STREAM, name);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static DeadLetter letter(String id, String reason) {
        return new DeadLetter(
                "w", id, bytes(id), Optional.empty(), reason, 3, Instant.EPOCH, Instant.EPOCH.plusSeconds(9));
    }
}
