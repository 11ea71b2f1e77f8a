package com.connylabs.ingest.api;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known about an object beside its bytes. Immutable.
 *
 * @param length bytes; empty when unknown, which is never written as 0
 * @param contentType HTTP-style media type, if known
 * @param headers the other content headers that travel with an object, by lower-case name: {@code cache-control},
 *     {@code content-disposition}, {@code content-encoding}, {@code content-language}, {@code expires}
 * @param metadata user metadata, by the name without any vendor's prefix
 * @param version opaque identity of this content at its source, if known
 * @param checksum over the whole content, if known
 */
public record ObjectAttributes(
        OptionalLong length,
        Optional<String> contentType,
        Map<String, String> headers,
        Map<String, String> metadata,
        Optional<String> version,
        Optional<Checksum> checksum) {

    private static final ObjectAttributes UNKNOWN = new ObjectAttributes(
            OptionalLong.empty(), Optional.empty(), Map.of(), Map.of(), Optional.empty(), Optional.empty());

    /** Checks the length, copies the maps and puts the headers' names into lower case. */
    public ObjectAttributes {
        requireNonNull(length, "length");
        requireNonNull(contentType, "contentType");
        requireNonNull(version, "version");
        requireNonNull(checksum, "checksum");
        if (length.orElse(0) < 0) {
            throw new IllegalArgumentException("length is negative: " + length.getAsLong());
        }
        headers = headers.isEmpty() ? Map.of() : inLowerCase(headers);
        metadata = Map.copyOf(metadata);
    }

    private static Map<String, String> inLowerCase(Map<String, String> headers) {
        return headers.entrySet().stream()
                .collect(toUnmodifiableMap(entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    /**
     * Nothing is known.
     *
     * @return attributes without a value
     */
    public static ObjectAttributes unknown() {
        return UNKNOWN;
    }

    /**
     * These attributes with a length.
     *
     * @param bytes the length
     * @return a changed copy
     */
    public ObjectAttributes withLength(long bytes) {
        return new ObjectAttributes(OptionalLong.of(bytes), contentType, headers, metadata, version, checksum);
    }

    /**
     * These attributes with a media type.
     *
     * @param type the media type
     * @return a changed copy
     */
    public ObjectAttributes withContentType(String type) {
        return new ObjectAttributes(length, Optional.of(type), headers, metadata, version, checksum);
    }

    /**
     * These attributes with other content headers.
     *
     * @param byName lower-case names and values
     * @return a changed copy
     */
    public ObjectAttributes withHeaders(Map<String, String> byName) {
        return new ObjectAttributes(length, contentType, byName, metadata, version, checksum);
    }

    /**
     * These attributes with user metadata.
     *
     * @param byName names and values
     * @return a changed copy
     */
    public ObjectAttributes withMetadata(Map<String, String> byName) {
        return new ObjectAttributes(length, contentType, headers, byName, version, checksum);
    }

    /**
     * These attributes with a version.
     *
     * @param known the version
     * @return a changed copy
     */
    public ObjectAttributes withVersion(String known) {
        return new ObjectAttributes(length, contentType, headers, metadata, Optional.of(known), checksum);
    }

    /**
     * These attributes with a checksum.
     *
     * @param known the checksum
     * @return a changed copy
     */
    public ObjectAttributes withChecksum(Checksum known) {
        return new ObjectAttributes(length, contentType, headers, metadata, version, Optional.of(known));
    }
}
