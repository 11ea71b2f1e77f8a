package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.connylabs.ingest.api.ObjectAttributes;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectHeadersTest {
    @Test
    void everythingTravelsWithTheObject() throws Exception {
        ObjectHeaders headers =
                new ObjectHeaders(DestinationConfig.read(Configs.of("storageClass", "GLACIER", "sse", "AES256")));
        ObjectAttributes attributes = ObjectAttributes.unknown()
                .withContentType("image/png")
                .withHeaders(Map.of("cache-control", "no-store", "expires", "never"))
                .withMetadata(Map.of("Color", "rot", "city", "Köln"))
                .withVersion("abc");
        assertEquals(
                Map.of(
                        "content-type", "image/png",
                        "cache-control", "no-store",
                        "expires", "never",
                        "x-amz-meta-color", "rot",
                        "x-amz-meta-city", "=?UTF-8?B?S8O2bG4=?=",
                        "x-amz-meta-ingest-version", "abc",
                        "x-amz-storage-class", "GLACIER",
                        "x-amz-server-side-encryption", "AES256"),
                headers.of("key", attributes),
                "headers");
    }

    @Test
    void anObjectOfWhichNothingIsKnownHasAType() throws Exception {
        ObjectHeaders headers = new ObjectHeaders(DestinationConfig.read(Configs.of()));
        assertEquals(
                Map.of("content-type", "application/octet-stream"),
                headers.of("key", ObjectAttributes.unknown()),
                "headers");
    }

    @Test
    void metadataThatNoHeaderCanHoldIsLeftOut() throws Exception {
        ObjectHeaders headers = new ObjectHeaders(DestinationConfig.read(Configs.of()));
        Map<String, String> made = headers.of(
                "key", ObjectAttributes.unknown().withMetadata(Map.of("a b", "1", "ü", "2", "x:\r\ny", "3")));
        assertEquals(Map.of("content-type", "application/octet-stream"), made, "headers");
    }

    @Test
    void aMarkerIsTextOfTheSameEncryptionButNotOfTheStorageClass() throws Exception {
        ObjectHeaders headers =
                new ObjectHeaders(DestinationConfig.read(Configs.of("storageClass", "GLACIER", "sse", "aws:kms")));
        Map<String, String> marker = headers.ofMarker(Optional.of("abc"));
        assertEquals("text/plain", marker.get("content-type"), "type");
        assertEquals("abc", marker.get("x-amz-meta-ingest-version"), "version");
        assertEquals("aws:kms", marker.get("x-amz-server-side-encryption"), "encryption");
        assertFalse(marker.containsKey("x-amz-storage-class"), "storage class");
    }
}
