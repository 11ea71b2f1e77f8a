package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.testkit.fuzz.Fuzz;
import com.connylabs.ingest.testkit.fuzz.Mutator;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever an element is called: its key ends with the name, byte for byte, or it is refused. */
@Timeout(3600)
class KeysFuzzTest {
    private static final String[] WORDS = {
        "/", "//", "../", "./", "\u0000", "\n", "😀", "\ud800", "\udc00", "%", "+", "x".repeat(1000), "ü".repeat(500)
    };

    @Test
    void everyNameIsAKeyOrRefused() {
        Fuzz.run("names of objects", 20_000, Duration.ofSeconds(5), seed -> {
            Mutator mutator = new Mutator(seed, WORDS);
            StringBuilder name = new StringBuilder(mutator.text("a/b.txt", "a", "/deep/er"));
            if (mutator.random().nextInt(10) == 0) {
                name.insert(mutator.random().nextInt(name.length() + 1), (char)
                        (0xd800 + mutator.random().nextInt(0x800)));
            }
            try {
                assertIsKeyOf(name.toString(), Keys.checked("prefix", name.toString()));
            } catch (PermanentException e) {
                return; // refused
            }
        });
    }

    private static void assertIsKeyOf(String name, String key) {
        assertEquals("prefix/" + (name.startsWith("/") ? name.substring(1) : name), key);
        assertTrue(key.getBytes(UTF_8).length <= 1024, key);
        assertEquals(key, new String(key.getBytes(UTF_8), UTF_8), "half a character");
        assertTrue(S3Uris.of("bucket", key).toString().chars().allMatch(c -> c > ' ' && c < 0x7f), key);
    }
}
