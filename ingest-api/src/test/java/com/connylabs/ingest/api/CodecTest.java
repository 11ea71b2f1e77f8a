package com.connylabs.ingest.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final Codec FULL = Codec.of("id", "name")
            .withMeta(new byte[] {1, 2})
            .withVersion("v")
            .withSize(3)
            .withLastModified(Instant.EPOCH);

    @Test
    void ofKnowsNothingButNames() {
        Codec element = Codec.of("id", "name");
        assertEquals("id", element.id(), "id");
        assertEquals("name", element.name(), "name");
        assertNull(element.meta(), "meta");
        assertEquals(Optional.empty(), element.knownVersion(), "version");
        assertEquals(OptionalLong.empty(), element.size(), "size");
        assertNull(element.lastModified(), "lastModified");
    }

    @Test
    void withChangesOneComponentAndKeepsTheOthers() {
        Codec expected = new Codec("id", "name", new byte[] {1, 2}, "v", OptionalLong.of(3), Instant.EPOCH);
        assertEquals(expected, FULL, "all components");
        assertEquals(Optional.of("v"), FULL.knownVersion(), "version as an Optional");
        assertEquals(Optional.empty(), FULL.withVersion(null).knownVersion(), "version taken away");
    }

    @Test
    void metaCannotBeChangedFromOutside() {
        byte[] meta = {1, 2};
        Codec element = Codec.of("id", "name").withMeta(meta);
        meta[0] = 9;
        byte[] out = Objects.requireNonNull(element.meta());
        assertArrayEquals(new byte[] {1, 2}, out, "copied on the way in");
        out[0] = 9;
        assertArrayEquals(new byte[] {1, 2}, element.meta(), "copied on the way out");
    }

    @Test
    void equalityLooksAtEveryComponent() {
        assertEquals(FULL, FULL.withMeta(new byte[] {1, 2}), "meta is compared by content");
        assertEquals(FULL.hashCode(), FULL.withMeta(new byte[] {1, 2}).hashCode(), "hash code");
        assertNotEquals(FULL, FULL.withMeta(null), "meta");
        assertNotEquals(FULL, FULL.withVersion("w"), "version");
        assertNotEquals(FULL, FULL.withSize(4), "size");
        assertNotEquals(FULL, FULL.withLastModified(null), "lastModified");
        assertNotEquals(Codec.of("a", "b"), Codec.of("a", "c"), "name");
        assertNotEquals(Codec.of("a", "b"), Codec.of("c", "b"), "id");
    }

    @Test
    void toStringDoesNotShowMeta() {
        String text =
                Codec.of("id", "name").withMeta(new byte[] {'p', 'a', 's', 's'}).toString();
        assertEquals("Codec[id=id, name=name, version=null, size=OptionalLong.empty, lastModified=null]", text, "text");
        assertFalse(text.contains("112"), "no byte of meta");
    }

    @Test
    void negativeSizeIsRefused() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> Codec.of("id", "name").withSize(-1), "negative");
        assertEquals("size is negative: -1", e.getMessage(), "message");
        assertEquals(OptionalLong.of(0), Codec.of("id", "name").withSize(0).size(), "empty objects are fine");
    }
}
