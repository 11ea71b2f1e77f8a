package com.connylabs.ingest.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An element: one thing to copy, as the source's listing named it. This is what travels through the queue.
 *
 * <p>{@code version}, {@code size} and {@code lastModified} are hints: what the listing knew, which may be out of date
 * when the element is copied. Immutable and safe to share between threads.
 *
 * <p>Source: connylabs/ingest, codec.go ({@code ID}, {@code Name}, {@code Meta}); the hints are ours.
 *
 * @param id identifies the element in its source; for S3 the full key
 * @param name the name that a destination stores it under; for S3 the key without the source's prefix
 * @param meta anything that the source's {@link Client} needs to find the element again, or null; never logged
 * @param version opaque identity of the content (an ETag, a generation), or null when unknown
 * @param size length in bytes, empty when unknown
 * @param lastModified when the content last changed, or null when unknown
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by content
public record Codec(
        String id,
        String name,
        byte @Nullable [] meta,
        @Nullable String version,
        OptionalLong size,
        @Nullable Instant lastModified) {

    /**
     * Checks that id and name are there and that the size is not negative; copies {@code meta}.
     *
     * @param id see the record
     * @param name see the record
     * @param meta see the record
     * @param version see the record
     * @param size see the record
     * @param lastModified see the record
     */
    public Codec(
            String id,
            String name,
            byte @Nullable [] meta,
            @Nullable String version,
            OptionalLong size,
            @Nullable Instant lastModified) {
        this.id = requireNonNull(id, "id");
        this.name = requireNonNull(name, "name");
        this.meta = meta == null ? null : meta.clone();
        this.version = version;
        this.size = requireNonNull(size, "size");
        this.lastModified = lastModified;
        if (size.orElse(0) < 0) {
            throw new IllegalArgumentException("size is negative: " + size.getAsLong());
        }
    }

    /**
     * An element of which nothing but its names is known.
     *
     * @param id see {@link #id}
     * @param name see {@link #name}
     * @return the element
     */
    public static Codec of(String id, String name) {
        return new Codec(id, name, null, null, OptionalLong.empty(), null);
    }

    /**
     * A copy of the source's own data.
     *
     * @return the bytes, or null
     */
    @Override
    public byte @Nullable [] meta() {
        return meta == null ? null : meta.clone();
    }

    /**
     * The version, for callers that prefer an Optional.
     *
     * @return the version, if known
     */
    public Optional<String> knownVersion() {
        return Optional.ofNullable(version);
    }

    /**
     * This element with the source's own data.
     *
     * @param data the bytes, or null for none
     * @return a changed copy
     */
    public Codec withMeta(byte @Nullable [] data) {
        return new Codec(id, name, data, version, size, lastModified);
    }

    /**
     * This element with a version.
     *
     * @param known the version, or null if unknown
     * @return a changed copy
     */
    public Codec withVersion(@Nullable String known) {
        return new Codec(id, name, meta, known, size, lastModified);
    }

    /**
     * This element with a size.
     *
     * @param bytes length in bytes
     * @return a changed copy
     */
    public Codec withSize(long bytes) {
        return new Codec(id, name, meta, version, OptionalLong.of(bytes), lastModified);
    }

    /**
     * This element with a time of last change.
     *
     * @param instant the time, or null if unknown
     * @return a changed copy
     */
    public Codec withLastModified(@Nullable Instant instant) {
        return new Codec(id, name, meta, version, size, instant);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Codec that
                && id.equals(that.id)
                && name.equals(that.name)
                && Arrays.equals(meta, that.meta)
                && Objects.equals(version, that.version)
                && size.equals(that.size)
                && Objects.equals(lastModified, that.lastModified);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, name, Arrays.hashCode(meta), version, size, lastModified);
    }

    /** Names the element without its {@code meta}, which may hold what nobody else should read. */
    @Override
    public String toString() {
        return "Codec[id=" + id + ", name=" + name + ", version=" + version + ", size=" + size + ", lastModified="
                + lastModified + "]";
    }
}
