package com.connylabs.ingest.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.Checksum.Algorithm;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ObjectAttributesTest {
    private static final Checksum CRC = new Checksum(Algorithm.CRC32, "00000000");

    @Test
    void withChangesOneComponentAndKeepsTheOthers() {
        ObjectAttributes built = ObjectAttributes.unknown()
                .withLength(0)
                .withContentType("text/plain")
                .withHeaders(Map.of("cache-control", "no-store"))
                .withMetadata(Map.of("Owner", "me"))
                .withVersion("v")
                .withChecksum(CRC);
        var expected = new ObjectAttributes(
                OptionalLong.of(0),
                Optional.of("text/plain"),
                Map.of("cache-control", "no-store"),
                Map.of("Owner", "me"),
                Optional.of("v"),
                Optional.of(CRC));
        assertEquals(expected, built, "all components");
    }

    @Test
    void headersGetLowerCaseNamesAndMetadataKeepsItsOwn() {
        ObjectAttributes attributes = ObjectAttributes.unknown()
                .withHeaders(Map.of("Content-Encoding", "gzip"))
                .withMetadata(Map.of("Owner", "me"));
        assertEquals(Map.of("content-encoding", "gzip"), attributes.headers(), "headers");
        assertEquals(Map.of("Owner", "me"), attributes.metadata(), "metadata");
    }

    @Test
    void mapsCannotBeChangedFromOutside() {
        Map<String, String> metadata = new HashMap<>(Map.of("a", "1"));
        ObjectAttributes attributes = ObjectAttributes.unknown().withMetadata(metadata);
        metadata.put("b", "2");
        assertEquals(Map.of("a", "1"), attributes.metadata(), "copied on the way in");
        assertThrows(
                UnsupportedOperationException.class, () -> attributes.metadata().put("b", "2"), "not to be changed");
    }

    @Test
    void negativeLengthIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ObjectAttributes.unknown().withLength(-1),
                "-1 must not stand for unknown");
    }
}
