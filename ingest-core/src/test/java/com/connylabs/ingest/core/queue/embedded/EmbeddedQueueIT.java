package com.connylabs.ingest.core.queue.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that publishes and takes messages is killed; whoever comes after it finds everything that was confirmed. */
@Timeout(120)
class EmbeddedQueueIT {
    @TempDir
    private Path directory;

    /** The process: publishes without end, and tells after each message that it was confirmed. */
    static final class Publisher {
        private Publisher() {}

        public static void main(String[] arguments) throws Exception {
            try (EmbeddedQueue queue = EmbeddedQueue.open(Path.of(arguments[0]), Map.of());
                    Subscription subscription = queue.subscribe("taken")) {
                queue.publish("taken", "held", new byte[1]).get();
                subscription.pop(1, Duration.ofSeconds(10));
                for (int i = 0; ; i++) {
                    PublishResult result =
                            queue.publish("w", "element " + i, new byte[10]).get();
                    System.out.println("confirmed " + i + " " + result);
                }
            }
        }
    }

    @Test
    void whatWasConfirmedSurvivesAKill() throws Exception {
        Path file = directory.resolve("queue.db");
        long confirmed;
        try (ManagedProcess process = ManagedProcess.start(
                        directory.resolve("out"),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publisher.class.getName(),
                        file.toString());
                // A second process, this one, uses the same file meanwhile.
                EmbeddedQueue here = EmbeddedQueue.open(file, Map.of())) {
            process.awaitOutput("confirmed 20", Duration.ofSeconds(60));
            assertTrue(here.outstanding("w") > 20);
            process.signal(Signal.KILL);
            process.exitCode(Duration.ofSeconds(10));
            confirmed = process.output()
                    .lines()
                    .filter(line -> line.endsWith("QUEUED"))
                    .count();
        }
        try (EmbeddedQueue queue = EmbeddedQueue.open(file, Map.of());
                Subscription subscription = queue.subscribe("w")) {
            List<Message> messages = Stream.iterate(
                            pop(subscription), batch -> !batch.isEmpty(), batch -> pop(subscription))
                    .flatMap(List::stream)
                    .toList();
            assertTrue(messages.size() >= confirmed, messages.size() + " of " + confirmed);
            assertEquals(1, queue.outstanding("taken"), "what it had taken comes again after the ack wait");
        }
    }

    private static List<Message> pop(Subscription subscription) {
        try {
            return subscription.pop(1000, Duration.ZERO);
        } catch (com.connylabs.ingest.api.IngestException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
