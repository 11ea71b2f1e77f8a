package com.connylabs.ingest.core.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.PermanentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterJsonTest {
    private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05.678901234Z");
    private static final DeadLetter LETTER = new DeadLetter(
            "w", "ünï/😀 \"\\\n", new byte[] {0, -1, 7}, Optional.of("bar_1"), "why", 10, FIRST, FIRST.plusSeconds(1));

    @Test
    void aLetterSurvivesTheRoundTrip() throws Exception {
        assertEquals(LETTER, DeadLetterJson.read(DeadLetterJson.write(LETTER)), "the letter");
    }

    @Test
    void theFormatIsPinned() {
        var letter = new DeadLetter("w", "a", new byte[] {1}, Optional.empty(), "why", 2, FIRST, FIRST);
        assertEquals(
                "{\"workflow\":\"w\",\"id\":\"a\",\"data\":\"AQ==\",\"reason\":\"why\",\"attempts\":2,"
                        + "\"first\":\"2026-01-02T03:04:05.678901234Z\",\"last\":\"2026-01-02T03:04:05.678901234Z\"}",
                new String(DeadLetterJson.write(letter), StandardCharsets.UTF_8));
    }

    @Test
    void whatIsUnknownIsIgnored() throws Exception {
        String json = new String(DeadLetterJson.write(LETTER), StandardCharsets.UTF_8)
                .replaceFirst("\\{", "{\"new\":{\"a\":[1,{}]},\"newer\":null,");
        assertEquals(LETTER, DeadLetterJson.read(json.getBytes(StandardCharsets.UTF_8)), "the letter");
    }

    @Test
    void whatIsNoLetterIsAPermanentError() {
        String good = new String(DeadLetterJson.write(LETTER), StandardCharsets.UTF_8);
        for (String bad : List.of(
                "",
                "[]",
                "1",
                "{",
                "{}",
                "\u0000",
                good.substring(0, good.length() - 1),
                good.replace("\"attempts\":10", "\"attempts\":\"x\""),
                good.replace("\"data\":\"", "\"data\":\"*"),
                good.replace("2026-", "no-"))) {
            assertThrows(
                    PermanentException.class,
                    () -> DeadLetterJson.read(bad.getBytes(StandardCharsets.UTF_8)),
                    "accepted: " + bad);
        }
    }
}
