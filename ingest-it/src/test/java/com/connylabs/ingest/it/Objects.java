package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Test objects whose content follows from their key, so that it can be checked without keeping it. */
final class Objects {
    static final int MIB = 1 << 20;

    private final Map<String, Integer> lengths = new TreeMap<>();

    /** So many small objects, and the sizes at which things change: nothing, one byte, one part and a byte, many parts. */
    static Objects many(int count) {
        Objects objects = new Objects();
        objects.add("empty", 0);
        objects.add("one-byte", 1);
        objects.add("large/part-and-a-byte", 5 * MIB + 1);
        objects.add("large/many-parts", 64 * MIB);
        for (int i = objects.lengths.size(); i < count; i++) {
            objects.add("small/%05d.txt".formatted(i), i % 700);
        }
        return objects;
    }

    void add(String key, int length) {
        lengths.put(key, length);
    }

    int count() {
        return lengths.size();
    }

    Map<String, Integer> lengths() {
        return lengths;
    }

    static byte[] content(String key, int length) {
        byte[] bytes = new byte[length];
        new Random(key.hashCode()).nextBytes(bytes);
        return bytes;
    }

    void putInto(Store store, String bucket, String prefix) {
        lengths.entrySet().parallelStream()
                .forEach(object -> store.put(
                        bucket,
                        prefix + object.getKey(),
                        content(object.getKey(), object.getValue()),
                        request -> request.contentType("text/x-" + object.getValue() % 7)
                                .cacheControl("max-age=" + object.getValue())
                                .metadata(Map.of("length", String.valueOf(object.getValue())))));
    }

    /** Every object is there, with its content, its type, its headers and its metadata, and nothing else is. */
    void assertIn(Store store, String bucket, String prefix) {
        Map<String, Long> expected = new TreeMap<>();
        lengths.forEach((key, length) -> expected.put(prefix + key, (long) length));
        assertEquals(expected, store.list(bucket), "listing of " + bucket);
        lengths.entrySet().parallelStream().forEach(object -> {
            String key = object.getKey();
            ResponseBytes<GetObjectResponse> stored = store.get(bucket, prefix + key);
            assertArrayEquals(content(key, object.getValue()), stored.asByteArrayUnsafe(), bucket + "/" + key);
            assertEquals("text/x-" + object.getValue() % 7, stored.response().contentType(), key);
            assertEquals("max-age=" + object.getValue(), stored.response().cacheControl(), key);
            assertEquals(
                    String.valueOf(object.getValue()),
                    stored.response().metadata().get("length"),
                    key);
        });
        assertEquals(0, store.openUploads(bucket), "multipart uploads left open in " + bucket);
    }
}
