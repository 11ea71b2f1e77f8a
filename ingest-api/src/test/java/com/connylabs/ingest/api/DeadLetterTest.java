package com.connylabs.ingest.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    @Test
    void bodyCannotBeChangedFromOutside() {
        byte[] data = {1, 2};
        DeadLetter letter = letter(data, 1);
        data[0] = 9;
        byte[] out = letter.data();
        assertArrayEquals(new byte[] {1, 2}, out, "copied on the way in");
        out[0] = 9;
        assertArrayEquals(new byte[] {1, 2}, letter.data(), "copied on the way out");
    }

    @Test
    void equalityComparesTheBodyByContent() {
        assertEquals(letter(new byte[] {1}, 1), letter(new byte[] {1}, 1), "same content");
        assertEquals(
                letter(new byte[] {1}, 1).hashCode(), letter(new byte[] {1}, 1).hashCode(), "hash code");
        assertNotEquals(letter(new byte[] {1}, 1), letter(new byte[] {2}, 1), "other body");
        assertNotEquals(letter(new byte[] {1}, 1), letter(new byte[] {1}, 2), "other number of attempts");
    }

    @Test
    void toStringSaysWhatFailedWithoutTheBody() {
        String text = letter("hidden".getBytes(StandardCharsets.UTF_8), 3).toString();
        assertTrue(text.contains("id=element") && text.contains("reason=why") && text.contains("attempts=3"), text);
        assertFalse(text.contains("hidden") || text.contains("104"), text);
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() {
        assertEquals("x".repeat(4096), letter("x".repeat(4096)).reason(), "long enough");
        assertEquals("x".repeat(4096), letter("x".repeat(4097)).reason(), "too long");
        String pairs = "\ud83d\ude00".repeat(3000);
        assertEquals(pairs.substring(0, 4096), letter(pairs).reason(), "ends with a pair");
        assertEquals("x" + pairs.substring(0, 4094), letter("x" + pairs).reason(), "would end in a pair");
    }

    private static DeadLetter letter(byte[] data, long attempts) {
        return letter(data, "why", attempts);
    }

    private static DeadLetter letter(String reason) {
        return letter(new byte[0], reason, 1);
    }

    private static DeadLetter letter(byte[] data, String reason, long attempts) {
        return new DeadLetter(
                "w", "element", data, Optional.of("destination"), reason, attempts, Instant.EPOCH, Instant.EPOCH);
    }
}
