package com.connylabs.ingest.core.queue.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.testkit.fuzz.Fuzz;
import com.connylabs.ingest.testkit.fuzz.Mutator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A queue's file that is damaged works as far as it can be read, and says what is wrong with it. */
@Timeout(3600)
class DamagedFileTest {
    @TempDir
    private Path directory;

    @Test
    void everyFileIsUsedOrRefusedInWords() throws Exception {
        byte[] valid = queueFile();
        Fuzz.run("queue files", 60, Duration.ofSeconds(50), seed -> {
            Path file = directory.resolve("damaged-" + seed + ".db");
            Files.write(file, new Mutator(seed, "SQLite format 3\u0000", "message", "dead_letter").next(valid));
            try {
                use(file);
            } catch (IngestException e) {
                assertFalse(String.valueOf(e.getMessage()).contains("\n"), e.getMessage());
            } finally {
                delete(file);
            }
        });
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws Exception {
        Path garbage = Files.write(
                directory.resolve("garbage.db"),
                "no database, and long enough".repeat(500).getBytes(UTF_8));
        assertThrows(IngestException.class, () -> use(garbage));
        Path half = Files.write(directory.resolve("half.db"), java.util.Arrays.copyOf(queueFile(), 5000));
        assertThrows(IngestException.class, () -> use(half));
    }

    private byte[] queueFile() throws Exception {
        Path file = directory.resolve("valid.db");
        try (EmbeddedQueue queue = EmbeddedQueue.open(file, Map.of());
                Subscription subscription = queue.subscribe("w")) {
            for (int i = 0; i < 100; i++) {
                queue.publish("w", "o" + i, new byte[100]).get();
            }
            for (Message message : subscription.pop(20, Duration.ofSeconds(10))) {
                message.term(letter());
            }
        }
        return Files.readAllBytes(file);
    }

    private static DeadLetter letter() {
        Instant time = Instant.parse("2026-01-02T03:04:05.123456789Z");
        return new DeadLetter("w", "o0", new byte[1], Optional.empty(), "why", 1, time, time);
    }

    /** Everything that a program does with it. */
    private static void use(Path file) throws Exception {
        try (EmbeddedQueue queue = EmbeddedQueue.open(file, Map.of());
                Subscription subscription = queue.subscribe("w")) {
            queue.outstanding("w");
            queue.publish("w", "new", new byte[10]).get();
            List<Message> messages = subscription.pop(50, Duration.ofMillis(1));
            for (int i = 0; i < messages.size(); i++) {
                Message message = messages.get(i);
                switch (i % 3) {
                    case 0 -> message.ack();
                    case 1 -> message.nak(Duration.ZERO);
                    default -> message.term(letter());
                }
            }
            queue.deadLetters().find("w", "o0");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IngestException known) {
                throw known;
            }
            throw e;
        }
    }

    private static void delete(Path file) throws IOException {
        for (String more : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(Path.of(file + more));
        }
    }
}
