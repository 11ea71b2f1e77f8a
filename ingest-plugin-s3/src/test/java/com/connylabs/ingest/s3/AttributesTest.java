package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.Checksum.Algorithm;
import com.connylabs.ingest.api.ObjectAttributes;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static final String MD5 = "5d41402abc4b2a76b9719d911017c592";

    private static final String ENCRYPTION = "X-Amz-Server-Side-Encryption";

    private final Map<String, String> headers = new HashMap<>(Map.of("ETag", "\"" + MD5 + "\""));

    @Test
    void contentHeadersAndMetadataAreRead() {
        headers.putAll(Map.of(
                "Content-Length", "5",
                "Content-Type", "text/plain",
                "Cache-Control", "no-store",
                "Content-Disposition", "inline",
                "Content-Encoding", "aws-chunked,gzip",
                "Content-Language", "de",
                "Expires", "never",
                "x-amz-meta-Color", "red",
                "x-amz-meta-ingest-version", "of an earlier copy"));
        ObjectAttributes attributes = Attributes.of(answer());
        assertEquals(OptionalLong.of(5), attributes.length(), "length");
        assertEquals(Optional.of("text/plain"), attributes.contentType(), "type");
        assertEquals(
                Map.of(
                        "cache-control", "no-store",
                        "content-disposition", "inline",
                        "content-encoding", "gzip",
                        "content-language", "de",
                        "expires", "never"),
                attributes.headers(),
                "headers");
        assertEquals(Map.of("color", "red"), attributes.metadata(), "metadata without our own");
        assertEquals(Optional.of(MD5), attributes.version(), "version");
    }

    @Test
    void whatIsUnknownStaysUnknown() {
        headers.clear();
        headers.put("Content-Encoding", "aws-chunked");
        ObjectAttributes attributes = Attributes.of(answer());
        assertEquals(ObjectAttributes.unknown(), attributes, "nothing is known");
    }

    @Test
    void plainETagIsTheMd5() {
        assertEquals(Optional.of(new Checksum(Algorithm.MD5, MD5)), checksum(), "plain");
        headers.put(ENCRYPTION, "AES256");
        assertEquals(Optional.of(new Checksum(Algorithm.MD5, MD5)), checksum(), "encrypted with S3's own key");
    }

    @Test
    void otherETagsAreNoMd5() {
        headers.put(ENCRYPTION, "aws:kms");
        assertEquals(Optional.empty(), checksum(), "KMS");
        headers.remove(ENCRYPTION);
        headers.put(ENCRYPTION + "-Customer-Algorithm", "AES256");
        assertEquals(Optional.empty(), checksum(), "the customer's key");
        headers.remove(ENCRYPTION + "-Customer-Algorithm");
        headers.put("ETag", "\"" + MD5 + "-2\"");
        assertEquals(Optional.empty(), checksum(), "parts");
        headers.put("ETag", "\"0x8DAF00\"");
        assertEquals(Optional.empty(), checksum(), "something else");
    }

    @Test
    void statedChecksumGoesBeforeTheETag() {
        headers.put("x-amz-checksum-crc32c", "AAAAAQ==");
        headers.put("x-amz-checksum-type", "FULL_OBJECT");
        assertEquals(Optional.of(new Checksum(Algorithm.CRC32C, "00000001")), checksum(), "whole object");
        headers.put("x-amz-checksum-crc64nvme", "AAAAAAAAAAE=");
        assertEquals(Optional.of(new Checksum(Algorithm.CRC64NVME, "0000000000000001")), checksum(), "stronger one");
    }

    @Test
    void checksumOfChecksumsIsNone() {
        headers.put("x-amz-checksum-crc32c", "AAAAAQ==");
        headers.put("x-amz-checksum-type", "COMPOSITE");
        headers.put("ETag", "\"" + MD5 + "-2\"");
        assertEquals(Optional.empty(), checksum(), "composite by its type");
        headers.remove("x-amz-checksum-type");
        headers.put("x-amz-checksum-crc32c", "AAAAAQ==-2");
        assertEquals(Optional.empty(), checksum(), "composite by its form");
        headers.put("x-amz-checksum-crc32c", "not base 64");
        headers.put("x-amz-checksum-sha256", "AAAA");
        assertEquals(Optional.empty(), checksum(), "nonsense");
    }

    @Test
    void recordedVersionIsFoundUnderAnyCase() {
        assertEquals(
                Optional.of("vü"),
                Attributes.recordedVersion(Map.of("Ingest-Version", HeaderText.encode("vü"), "x", "y")),
                "version");
        assertEquals(Optional.empty(), Attributes.recordedVersion(Map.of("x", "y")), "no record");
    }

    private Optional<Checksum> checksum() {
        return Attributes.of(answer()).checksum();
    }

    private ObjectAnswer answer() {
        ObjectAnswer answer = new ObjectAnswer(200, InputStream.nullInputStream(), () -> {});
        headers.forEach(answer::add);
        return answer;
    }
}
