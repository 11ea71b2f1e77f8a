package com.connylabs.ingest.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A bucket of an {@link S3Stub}. Guarded by the stub's lock. */
final class StubBucket {
    static final Comparator<String> UTF8_ORDER = (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

    /** The objects by key, in the order that S3 lists them. */
    final NavigableMap<String, StubObject> objects = new TreeMap<>(UTF8_ORDER);

    /** The uploads that were neither completed nor aborted, by id. */
    final Map<String, StubUpload> uploads = new TreeMap<>();

    /** An upload in parts. */
    record StubUpload(
            String key, Map<String, String> headers, NavigableMap<Integer, StubObject> parts, Instant initiated) {}
}
