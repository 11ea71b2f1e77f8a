package com.connylabs.ingest.api;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object: its attributes and a stream of its bytes. Whoever got it closes it.
 *
 * <p>The body can be read once, by one thread. An object that can be read again, or in ranges, says so with {@link
 * #ranges}. This is the {@code Object} of the Go original, under a name that does not hide {@link java.lang.Object}.
 *
 * <p>Source: connylabs/ingest, ingest.go, Object ({@code MimeType}, {@code Len}, {@code Reader}).
 */
public final class IngestObject implements AutoCloseable {
    private final ObjectAttributes attributes;
    private final InputStream body;
    private final @Nullable RangeReader ranges;

    private IngestObject(ObjectAttributes attributes, InputStream body, @Nullable RangeReader ranges) {
        this.attributes = requireNonNull(attributes, "attributes");
        this.body = requireNonNull(body, "body");
        this.ranges = ranges;
    }

    /**
     * An object that can be read once.
     *
     * @param attributes what is known about it
     * @param body its bytes; closed with the object
     * @return the object
     */
    public static IngestObject of(ObjectAttributes attributes, InputStream body) {
        return new IngestObject(attributes, body, null);
    }

    /**
     * An object that can be read once as a stream, and again in ranges.
     *
     * @param attributes what is known about it, the length included
     * @param body its bytes; closed with the object
     * @param ranges reads the same version again
     * @return the object
     */
    public static IngestObject of(ObjectAttributes attributes, InputStream body, RangeReader ranges) {
        if (attributes.length().isEmpty()) {
            throw new IllegalArgumentException("an object with ranges needs a length");
        }
        return new IngestObject(attributes, body, requireNonNull(ranges, "ranges"));
    }

    /**
     * An object that is held in memory. The bytes are not copied and must not change.
     *
     * @param attributes what is known about it; the length is set here
     * @param bytes the content
     * @return the object, which can be read again
     */
    public static IngestObject of(ObjectAttributes attributes, byte[] bytes) {
        return new IngestObject(
                attributes.withLength(bytes.length),
                new ByteArrayInputStream(bytes),
                (offset, length) -> range(bytes, offset, length));
    }

    private static InputStream range(byte[] bytes, long offset, long length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return new ByteArrayInputStream(bytes, (int) offset, (int) length);
    }

    /**
     * What is known about the object.
     *
     * @return the attributes
     */
    public ObjectAttributes attributes() {
        return attributes;
    }

    /**
     * The bytes, from first to last. Always the same stream.
     *
     * @return the stream, which {@link #close} closes
     */
    public InputStream body() {
        return body;
    }

    /**
     * How to read this version again.
     *
     * @return a reader for parts of it, or empty if the body can only be read once
     */
    public Optional<RangeReader> ranges() {
        return Optional.ofNullable(ranges);
    }

    /**
     * Closes the body. Safe to call twice, and before the body was read to its end.
     *
     * @throws IOException if the body cannot be closed
     */
    @Override
    public void close() throws IOException {
        body.close();
    }
}
