package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.ObjectAttributes;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a store says about an object. */
final class Attributes {
    /** The user metadata that holds the version which an object was copied from; ours, and not the user's. */
    static final String VERSION_RECORD = "ingest-version";

    /** Headers of an object that travel with it. */
    private static final List<String> KEPT =
            List.of("cache-control", "content-disposition", "content-language", "expires");

    private static final String ENCODING = "content-encoding";
    private static final String ENCRYPTION = "x-amz-server-side-encryption";
    private static final String CHECKSUM = "x-amz-checksum-";

    /** The strongest first. */
    private static final List<Stated> STATED = Stream.of(
                    Checksum.Algorithm.SHA256,
                    Checksum.Algorithm.CRC64NVME,
                    Checksum.Algorithm.CRC32C,
                    Checksum.Algorithm.CRC32,
                    Checksum.Algorithm.SHA1)
            .map(algorithm -> new Stated(algorithm, CHECKSUM + algorithm.name().toLowerCase(Locale.ROOT)))
            .toList();

    private record Stated(Checksum.Algorithm algorithm, String header) {}

    private Attributes() {}

    static ObjectAttributes of(ObjectAnswer answer) {
        return new ObjectAttributes(
                answer.length(),
                Optional.ofNullable(answer.header("content-type")).map(HeaderText::received),
                headers(answer),
                metadata(answer.metadata()),
                Versions.of(answer.eTag()),
                checksum(answer));
    }

    /** The version which an object was copied from, if that was recorded. */
    static Optional<String> recordedVersion(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(VERSION_RECORD))
                .map(entry -> HeaderText.decode(entry.getValue()))
                .findFirst();
    }

    /** Whether an object has this length, and was copied from this version. */
    static boolean isCopy(ObjectAnswer object, long length, String version) {
        return object.length().equals(OptionalLong.of(length))
                && recordedVersion(object.metadata()).equals(Optional.of(version));
    }

    private static Map<String, String> headers(ObjectAnswer answer) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : KEPT) {
            put(headers, name, answer.header(name));
        }
        put(headers, ENCODING, withoutChunking(answer.header(ENCODING)));
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
    private static Optional<Checksum> checksum(ObjectAnswer answer) {
        if (!"COMPOSITE".equals(answer.header(CHECKSUM + "type"))) {
            for (Stated stated : STATED) {
                Optional<Checksum> checksum = decoded(stated.algorithm(), answer.header(stated.header()));
                if (checksum.isPresent()) {
                    return checksum;
                }
            }
        }
        return md5(answer);
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
    static Optional<Checksum> md5(ObjectAnswer answer) {
        String encryption = answer.header(ENCRYPTION);
        boolean plain = (encryption == null || encryption.equals("AES256"))
                && answer.header(ENCRYPTION + "-customer-algorithm") == null;
        return plain ? Versions.md5(answer.eTag()) : Optional.empty();
    }
}
