package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.nats.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is refused for good stays a dead letter until somebody mends what was wrong and replays it. */
@Timeout(300)
class DeadLettersIT {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String GIVEN_UP = "it is kept as a dead letter";

    @TempDir
    private Path directory;

    @Test
    void aRefusedObjectIsListedLeftOutReplayedAndStored() throws Exception {
        Path copies = Files.createDirectories(directory.resolve("copies"));
        Files.createDirectories(directory.resolve("originals"));
        Files.writeString(directory.resolve("originals/good"), "1");
        Files.writeString(directory.resolve("originals/bad"), "22");
        Path obstacle = Files.createDirectory(copies.resolve("bad"));
        try (NatsServer nats = NatsServer.start(directory.resolve("nats"));
                Receiver receiver = new Receiver()) {
            Ingest ingest = new Ingest(directory);
            ingest.config("""
                    sources: [{name: originals, type: file, path: originals}]
                    destinations: [{name: copies, type: file, path: copies}]
                    workflows:
                    - {name: w, source: originals, destinations: [copies], interval: 200ms, webhook: "%s"}
                    """.formatted(receiver.url()));
            String queue = "--queue-endpoint=" + nats.url();
            try (ManagedProcess enqueuer =
                            ingest.start("--mode=enqueue", "--config=config.yaml", "--listen=127.0.0.1:0", queue);
                    ManagedProcess worker =
                            ingest.start("--mode=dequeue", "--config=config.yaml", "--listen=127.0.0.1:0", queue)) {
                worker.awaitOutput(GIVEN_UP, LONG);
                String metrics = MetricsIT.base(enqueuer) + "/metrics";
                Await.until("listings leave it out", LONG, () -> isLeftOut(metrics, worker));
                assertTrue(lines(worker, GIVEN_UP) <= 2, "tried again: " + worker.output());
                Await.until("the letter is counted", LONG, () -> value(metrics, "ingest_dead_letters_current") == 1);
                Ingest.End list = ingest.run("dead-letters", "list", queue);
                assertEquals(0, list.code(), list.output());
                assertTrue(
                        list.output().contains("is a directory")
                                && list.output().endsWith("1 dead letter\n"),
                        list::output);

                Files.delete(obstacle);
                Ingest.End replay = ingest.run("dead-letters", "replay", "--workflow=w", "--id=bad", queue);
                assertEquals("1 dead letter replayed\n", replay.output());
                Await.until("stored", LONG, () -> Files.isRegularFile(copies.resolve("bad")));
                Await.until("told", LONG, () -> told(receiver).equals(List.of("bad", "good")));
                assertEquals(
                        "0 dead letters\n",
                        ingest.run("dead-letters", "list", queue).output());
            }
        }
    }

    /** A listing that was under way when it was given up may have put it into the queue once more. */
    private static boolean isLeftOut(String metrics, ManagedProcess worker) throws Exception {
        long before = lines(worker, GIVEN_UP);
        double suppressed = value(metrics, "ingest_suppressed_elements_total");
        Await.until(
                "several listings", LONG, () -> value(metrics, "ingest_suppressed_elements_total") > suppressed + 5);
        return lines(worker, GIVEN_UP) == before;
    }

    private static List<String> told(Receiver receiver) {
        return receiver.uris().stream()
                .map(uri -> uri.substring(uri.lastIndexOf('/') + 1))
                .sorted()
                .toList();
    }

    private static long lines(ManagedProcess process, String text) {
        return process.output().lines().filter(line -> line.contains(text)).count();
    }

    private static double value(String metrics, String name) throws Exception {
        return MetricsIT.get(metrics)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
