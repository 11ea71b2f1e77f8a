package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.Checksum.Algorithm;
import com.connylabs.ingest.api.ObjectAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

class AttributesTest {
    private static final String MD5 = "5d41402abc4b2a76b9719d911017c592";

    private final GetObjectResponse.Builder response =
            GetObjectResponse.builder().eTag("\"" + MD5 + "\"");

    @Test
    void contentHeadersAndMetadataAreRead() {
        ObjectAttributes attributes = Attributes.of(response.contentLength(5L)
                .contentType("text/plain")
                .cacheControl("no-store")
                .contentDisposition("inline")
                .contentEncoding("aws-chunked,gzip")
                .contentLanguage("de")
                .expiresString("never")
                .metadata(Map.of("Color", "red", "ingest-version", "of an earlier copy"))
                .build());
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
        ObjectAttributes attributes = Attributes.of(
                GetObjectResponse.builder().contentEncoding("aws-chunked").build());
        assertEquals(ObjectAttributes.unknown(), attributes, "nothing is known");
    }

    @Test
    void plainETagIsTheMd5() {
        assertEquals(Optional.of(new Checksum(Algorithm.MD5, MD5)), checksum(), "plain");
        response.serverSideEncryption(ServerSideEncryption.AES256);
        assertEquals(Optional.of(new Checksum(Algorithm.MD5, MD5)), checksum(), "encrypted with S3's own key");
    }

    @Test
    void otherETagsAreNoMd5() {
        response.serverSideEncryption(ServerSideEncryption.AWS_KMS);
        assertEquals(Optional.empty(), checksum(), "KMS");
        response.serverSideEncryption((String) null).sseCustomerAlgorithm("AES256");
        assertEquals(Optional.empty(), checksum(), "the customer's key");
        response.sseCustomerAlgorithm(null).eTag("\"" + MD5 + "-2\"");
        assertEquals(Optional.empty(), checksum(), "parts");
        response.eTag("\"0x8DAF00\"");
        assertEquals(Optional.empty(), checksum(), "something else");
    }

    @Test
    void statedChecksumGoesBeforeTheETag() {
        response.checksumCRC32C("AAAAAQ==").checksumType(ChecksumType.FULL_OBJECT);
        assertEquals(Optional.of(new Checksum(Algorithm.CRC32C, "00000001")), checksum(), "whole object");
        response.checksumCRC64NVME("AAAAAAAAAAE=");
        assertEquals(Optional.of(new Checksum(Algorithm.CRC64NVME, "0000000000000001")), checksum(), "stronger one");
    }

    @Test
    void checksumOfChecksumsIsNone() {
        response.checksumCRC32C("AAAAAQ==").checksumType(ChecksumType.COMPOSITE).eTag("\"" + MD5 + "-2\"");
        assertEquals(Optional.empty(), checksum(), "composite by its type");
        response.checksumType((String) null).checksumCRC32C("AAAAAQ==-2");
        assertEquals(Optional.empty(), checksum(), "composite by its form");
        response.checksumCRC32C("not base 64").checksumSHA256("AAAA");
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
        return Attributes.of(response.build()).checksum();
    }
}
