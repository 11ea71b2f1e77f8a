package com.connylabs.ingest.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.testkit.fuzz.Fuzz;
import com.connylabs.ingest.testkit.fuzz.Mutator;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever lies in the queue is an element, or is refused in one line. */
@Timeout(3600)
class CodecJsonFuzzTest {
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
        "0.5",
        "\"id\":",
        "\"name\":",
        "\"meta\":",
        "\"size\":",
        "\"version\":",
        "\"lastModified\":",
        "\\ud800",
        "\\u0000",
        "+1000000000-12-31T23:59:60Z",
        "====",
        "\u0000",
        "\ufeff",
        "NaN"
    };

    private static final byte[][] VALID = {
        "{\"id\":\"a/b\",\"name\":\"b\",\"meta\":null}".getBytes(UTF_8),
        CodecJson.encode(new Codec(
                "ünï/😀",
                "n\"\\\n",
                new byte[] {0, 1, 2, -1},
                "etag-7",
                OptionalLong.of(Long.MAX_VALUE),
                Instant.parse("2026-01-31T10:00:00.123456789Z")))
    };

    @Test
    void everyBodyIsAnElementOrRefused() {
        Fuzz.run("message bodies", 20_000, Duration.ofSeconds(5), seed -> decode(new Mutator(seed, WORDS).next(VALID)));
    }

    private static void decode(byte[] body) {
        Codec element;
        try {
            element = CodecJson.decode(body);
        } catch (PermanentException e) {
            assertFalse(String.valueOf(e.getMessage()).contains("\n"), "more than a line: " + e.getMessage());
            return;
        }
        byte[] again = CodecJson.encode(element);
        assertEquals(element, assertDecodes(again), "what was understood can be told to others");
    }

    private static Codec assertDecodes(byte[] body) {
        try {
            return CodecJson.decode(body);
        } catch (PermanentException e) {
            throw new AssertionError(new String(body, UTF_8), e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{}",
                "{\"id\":\"\",\"name\":\"b\"}",
                "{\"id\":7,\"name\":\"b\"}",
                "{\"id\":\"a\",\"name\":\"b\"",
                "{\"id\":\"a\",\"name\":\"b\"} x",
                "{\"id\":\"a\",\"name\":\"b\"}{}",
                "{\"id\":\"a\",\"name\":\"b\",\"size\":-1}",
                "{\"id\":\"a\",\"name\":\"b\",\"size\":9223372036854775808}",
                "{\"id\":\"a\",\"name\":\"b\",\"lastModified\":\"yesterday\"}",
                "{\"id\":\"a\",\"name\":\"b\",\"meta\":\"*\"}",
                "{\"id\":\"\\ud800\",\"name\":\"b\"}",
                "{\"id\":\"a\",\"name\":\"\\udc00\"}",
                "{\"id\":\"a\",\"name\":\"\\ud83dx\"}",
                "{\"id\":\"a\",\"name\":\"\\ud83d\\ud83d\\ude00\"}"
            })
    void isNoElement(String body) {
        assertThrows(PermanentException.class, () -> CodecJson.decode(body.getBytes(UTF_8)));
    }

    @Test
    void theLastOfTwoFieldsOfOneNameCounts() throws Exception {
        String body = "{\"id\":\"a\",\"id\":\"b\",\"name\":\"n\",\"name\":\"m\",\"meta\":null}";
        assertEquals(Codec.of("b", "m"), CodecJson.decode(body.getBytes(UTF_8)));
    }

    @Test
    void hugeBodiesAreDealtWithQuickly() {
        String start = "{\"id\":\"a\",\"name\":\"b\",\"x\":";
        for (String huge : new String[] {
            "[".repeat(1_000_000), "{\"y\":".repeat(500_000), "1".repeat(1_000_000), "\"" + "z".repeat(20_000_000)
        }) {
            assertThrows(PermanentException.class, () -> CodecJson.decode((start + huge).getBytes(UTF_8)));
        }
    }
}
