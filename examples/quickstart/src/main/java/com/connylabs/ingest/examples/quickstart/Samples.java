package com.connylabs.ingest.examples.quickstart;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The objects to copy: 310 small ones, an empty one, and one that is too large for a single part. */
final class Samples {
    private static final int SMALL = 310;
    private static final int KIB = 1024;

    private final Random random = new Random(1);

    Map<String, Content> all() {
        Map<String, Content> objects = new TreeMap<>();
        for (int i = 1; i <= SMALL; i++) {
            objects.put("photos/2026/%03d.jpg".formatted(i), photo(i));
        }
        objects.put("empty.txt", new Content(new byte[0], "text/plain", Map.of()));
        objects.put("videos/holiday.mp4", new Content(bytes(20 * KIB * KIB), "video/mp4", Map.of()));
        return objects;
    }

    private Content photo(int number) {
        return new Content(bytes(1 + random.nextInt(16 * KIB)), "image/jpeg", Map.of("number", String.valueOf(number)));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
