package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.cli.config.ConfigReader;
import com.connylabs.ingest.cli.config.WorkflowConfig;
import com.connylabs.ingest.cli.metrics.Metrics;
import com.connylabs.ingest.tck.fake.InMemoryQueue;
import com.connylabs.ingest.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LetterWatchTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final InMemoryQueue queue = new InMemoryQueue();
    private final Metrics metrics = new Metrics(true, true, "1");

    @TempDir
    private Path dir;

    @Test
    @SuppressWarnings("try") // that it runs is all that is needed of it
    void theNumberIsKnownSoonAndUnknownWhileItCannotBeAsked() throws Exception {
        Path file = Files.writeString(dir.resolve("c.yaml"), """
                sources: [{name: in, type: s3}]
                destinations: [{name: a, type: s3}]
                workflows: [{name: w, source: in, destinations: [a]}]
                """);
        WorkflowConfig workflow = ConfigReader.read(file, Map.of()).workflows().get(0);
        var gauges = Map.of("w", metrics.letters(workflow));
        assertTrue(shows("NaN"), "before the first look");
        try (LetterWatch ignored = LetterWatch.start(queue.deadLetters(), gauges, Duration.ofMillis(20))) {
            Await.until("none", SOON, () -> shows("0"));
            bury();
            Await.until("one", SOON, () -> shows("1"));
            queue.connected(false);
            Await.until("unknown", SOON, () -> shows("NaN"));
            queue.connected(true);
            Await.until("one again", SOON, () -> shows("1"));
        }
    }

    private boolean shows(String number) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        metrics.write(null, page);
        String series = "ingest_dead_letters_current{source=\"in\",workflow=\"w\"} ";
        return page.toString(StandardCharsets.UTF_8)
                .lines()
                .anyMatch(line -> line.matches("\\Q" + series + number + "\\E(\\.0)?"));
    }

    private void bury() throws Exception {
        queue.publish("w", "a", new byte[1]).get();
        try (Subscription subscription = queue.subscribe("w")) {
            subscription
                    .pop(1, SOON)
                    .get(0)
                    .term(new DeadLetter(
                            "w", "a", new byte[1], Optional.empty(), "refused", 1, Instant.EPOCH, Instant.EPOCH));
        }
    }
}
