package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.ObjectAttributes;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Reads what a store says about an object. */
final class Attributes {
    /** The user metadata that holds the version which an object was copied from; ours, and not the user's. */
    static final String VERSION_RECORD = "ingest-version";

    private Attributes() {}

    static ObjectAttributes of(GetObjectResponse response) {
        return new ObjectAttributes(
                response.contentLength() == null ? OptionalLong.empty() : OptionalLong.of(response.contentLength()),
                Optional.ofNullable(response.contentType()).map(HeaderText::received),
                headers(response),
                metadata(response.metadata()),
                Versions.of(response.eTag()),
                checksum(response));
    }

    /** The same from a HEAD, which states no less. */
    static ObjectAttributes of(HeadObjectResponse response) {
        return of(GetObjectResponse.builder()
                .contentLength(response.contentLength())
                .contentType(response.contentType())
                .cacheControl(response.cacheControl())
                .contentDisposition(response.contentDisposition())
                .contentEncoding(response.contentEncoding())
                .contentLanguage(response.contentLanguage())
                .expiresString(response.expiresString())
                .metadata(response.metadata())
                .eTag(response.eTag())
                .serverSideEncryption(response.serverSideEncryptionAsString())
                .sseCustomerAlgorithm(response.sseCustomerAlgorithm())
                .build());
    }

    /** The version which an object was copied from, if that was recorded. */
    static Optional<String> recordedVersion(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(VERSION_RECORD))
                .map(entry -> HeaderText.decode(entry.getValue()))
                .findFirst();
    }

    private static Map<String, String> headers(GetObjectResponse response) {
        Map<String, String> headers = new TreeMap<>();
        put(headers, "cache-control", response.cacheControl());
        put(headers, "content-disposition", response.contentDisposition());
        put(headers, "content-encoding", withoutChunking(response.contentEncoding()));
        put(headers, "content-language", response.contentLanguage());
        put(headers, "expires", response.expiresString());
        return headers;
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            headers.put(name, HeaderText.received(value));
        }
    }

    /** How an object was uploaded, which some stores keep as if it were said about the object. */
    private static @Nullable String withoutChunking(@Nullable String encodings) {
        return encodings == null
                ? null
                : Arrays.stream(encodings.split(",", -1))
                        .map(String::trim)
                        .filter(encoding -> !encoding.equals("aws-chunked"))
                        .collect(Collectors.joining(","));
    }

    private static Map<String, String> metadata(Map<String, String> received) {
        Map<String, String> metadata = new TreeMap<>();
        received.forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), HeaderText.received(value)));
        metadata.remove(VERSION_RECORD);
        return metadata;
    }

    /** Over the whole content; S3's composite ones, which end with the number of parts, are none. */
    private static Optional<Checksum> checksum(GetObjectResponse response) {
        if (response.checksumType() != ChecksumType.COMPOSITE) {
            Optional<Checksum> stated = decoded(Checksum.Algorithm.SHA256, response.checksumSHA256())
                    .or(() -> decoded(Checksum.Algorithm.CRC64NVME, response.checksumCRC64NVME()))
                    .or(() -> decoded(Checksum.Algorithm.CRC32C, response.checksumCRC32C()))
                    .or(() -> decoded(Checksum.Algorithm.CRC32, response.checksumCRC32()))
                    .or(() -> decoded(Checksum.Algorithm.SHA1, response.checksumSHA1()));
            if (stated.isPresent()) {
                return stated;
            }
        }
        return md5(response.eTag(), response.serverSideEncryption(), response.sseCustomerAlgorithm());
    }

    private static Optional<Checksum> decoded(Checksum.Algorithm algorithm, @Nullable String base64) {
        if (base64 == null || base64.contains("-")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Checksum.of(algorithm, Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no checksum that we understand
        }
    }

    /** The ETag is the content's MD5 unless the object came in parts or is encrypted with a key that is not S3's own. */
    static Optional<Checksum> md5(
            @Nullable String eTag, @Nullable ServerSideEncryption encryption, @Nullable String customerAlgorithm) {
        boolean plain = (encryption == null || encryption == ServerSideEncryption.AES256) && customerAlgorithm == null;
        return plain ? Versions.md5(eTag) : Optional.empty();
    }
}
