package com.connylabs.ingest.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.PermanentException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecJsonTest {
    @Test
    void writesWhatTheGoProgramsWrite() {
        Codec element = Codec.of("a/b", "b").withMeta(new byte[] {1, 2, 3});
        assertEquals("{\"id\":\"a/b\",\"name\":\"b\",\"meta\":\"AQID\"}", new String(CodecJson.encode(element), UTF_8));
        assertEquals(
                "{\"id\":\"a\",\"name\":\"a\",\"meta\":null}", new String(CodecJson.encode(Codec.of("a", "a")), UTF_8));
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        Codec element = Codec.of("ü/😀\u0000\n\"", "../x")
                .withMeta(new byte[0])
                .withVersion("\"etag\"")
                .withSize(Long.MAX_VALUE)
                .withLastModified(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertEquals(element, CodecJson.decode(CodecJson.encode(element)));
    }

    @Test
    void passesOverFieldsOfTheFuture() throws Exception {
        String body =
                "{\"x\":{\"id\":\"no\"},\"id\":\"i\",\"y\":[1,[2]],\"name\":\"n\",\"meta\":null,\"size\":\"big\"}";
        Codec element = CodecJson.decode(body.getBytes(UTF_8));
        assertEquals(Codec.of("i", "n"), element);
        assertNull(element.meta());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"i\",\"name\":\"n\",\"meta\":null,\"x\":{\"replayed\":true}}",
                " { \"id\" : \"i}\", \"name\" : \"ü}\" } \n",
                "{\"replayed\":false,\"id\":\"i\",\"name\":\"n\"}",
            })
    void marksWhatIsReplayedAndChangesNothingElse(String body) throws Exception {
        byte[] plain = body.getBytes(UTF_8);
        assertFalse(CodecJson.read(plain).replayed(), "before");
        byte[] marked = CodecJson.replayed(plain);
        assertEquals(new CodecJson.Body(CodecJson.decode(plain), true), CodecJson.read(marked));
        assertEquals(
                body.substring(0, body.lastIndexOf('}')) + ",\"replayed\":true}", new String(marked, UTF_8), "body");
        assertArrayEquals(marked, CodecJson.replayed(marked), "marked a second time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "}", "hello", "{}", "{\"id\":\"a\"}", "{\"id\":\"a\",\"name\":\"a\"} }"})
    void leavesWhatIsNoElementAsItIs(String body) {
        assertEquals(body, new String(CodecJson.replayed(body.getBytes(UTF_8)), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"id\"",
                "{",
                "{\"id\":\"a\"}",
                "{\"name\":\"a\"}",
                "{\"id\":\"\",\"name\":\"a\"}",
                "{\"id\":1,\"name\":\"a\"}",
                "{\"id\":{\"id\":\"a\"},\"name\":\"a\"}",
                "{\"id\":\"a\",\"name\":\"a\",\"meta\":\"***\"}",
                "{\"id\":\"a\",\"name\":\"a\",\"meta\":{}}",
                "{\"id\":\"a\",\"name\":\"a\",\"size\":-1}",
                "{\"id\":\"a\",\"name\":\"a\",\"size\":99999999999999999999}",
                "{\"id\":\"a\",\"name\":\"a\",\"lastModified\":\"yesterday\"}",
                "{\"id\":\"a\",\"name\":\"a\"} {}",
                "{\"id\":\"a\",\"name\":\"a\"} x"
            })
    void refusesWhatIsNoElement(String body) {
        assertThrows(PermanentException.class, () -> CodecJson.decode(body.getBytes(UTF_8)));
    }

    @Test
    void saysNothingOfTheBodyInItsErrors() {
        PermanentException e =
                assertThrows(PermanentException.class, () -> CodecJson.decode("{\"meta\": SECRET}".getBytes(UTF_8)));
        assertFalse(String.valueOf(e.getMessage()).contains("SECRET"), e.getMessage());
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(7);
        byte[] valid = CodecJson.encode(Codec.of("id", "name").withVersion("v").withSize(3));
        for (int i = 0; i < 20_000; i++) {
            byte[] body = valid.clone();
            for (int flips = random.nextInt(5); flips >= 0; flips--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            try {
                CodecJson.decode(body);
            } catch (PermanentException expected) {
                // as it should be: an error of ours, and nothing worse
            }
        }
    }
}
