package com.connylabs.ingest.core.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.testkit.fuzz.Fuzz;
import com.connylabs.ingest.testkit.fuzz.Mutator;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever lies among the dead letters is one, or is refused. */
@Timeout(3600)
class DeadLetterJsonFuzzTest {
    private static final String[] WORDS = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        "null",
        "true",
        "-1",
        "1e999999999",
        "9223372036854775808",
        "\"attempts\":",
        "\"data\":",
        "\"first\":",
        "\\ud800",
        "====",
        "+1000000000-12-31T23:59:60Z"
    };

    private static final byte[] VALID = DeadLetterJson.write(new DeadLetter(
            "work",
            "ünï/😀",
            "{}".getBytes(UTF_8),
            Optional.of("to"),
            "it did not want to",
            10,
            Instant.parse("2026-01-31T10:00:00.123456789Z"),
            Instant.parse("2026-01-31T10:10:00Z")));

    @Test
    void everyBodyIsALetterOrRefused() {
        Fuzz.run("dead letters", 20_000, Duration.ofSeconds(5), seed -> {
            try {
                DeadLetter letter = DeadLetterJson.read(new Mutator(seed, WORDS).next(VALID));
                assertEquals(letter, DeadLetterJson.read(DeadLetterJson.write(letter)));
            } catch (PermanentException e) {
                return; // refused
            }
        });
    }
}
