package com.connylabs.ingest.bench.stub;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all objects are made of: one random mebibyte, over and over, from a place on (the phase) that the object's name
 * decides. So no object has to be kept, every byte that arrives can be compared with what it has to be, at the speed of
 * memory, and an MD5 is computed once. Safe to use from many threads.
 */
final class Content {
    static final int PERIOD = 1 << 20;
    static final int UNKNOWN = -1;

    /** Phases are multiples of it. Sizes of parts are, too, in all programs that we know. */
    private static final int STEP = 4096;

    private static final int WORD = Long.BYTES;

    private final ByteBuffer twice = ByteBuffer.allocateDirect(2 * PERIOD).order(ByteOrder.BIG_ENDIAN);
    private final Map<Long, Integer> phases = new HashMap<>();
    private final Map<Stretch, String> sums = new ConcurrentHashMap<>();

    private record Stretch(int phase, long length) {}

    Content() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < PERIOD; i += WORD) {
            long word = random.nextLong();
            twice.putLong(i, word).putLong(i + PERIOD, word);
            if (i % STEP == 0) {
                phases.put(word, i);
            }
        }
    }

    /** The phase of an object, whatever bucket and prefix it is in. */
    static int phaseOf(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return Math.floorMod(name.hashCode() * 0x9E3779B9, PERIOD / STEP) * STEP;
    }

    /** The phase that bytes have which begin like this, or {@link #UNKNOWN}. */
    int phaseOf(ByteBuffer bytes) {
        return bytes.remaining() < WORD ? UNKNOWN : phases.getOrDefault(bytes.getLong(bytes.position()), UNKNOWN);
    }

    /** Some bytes of the content, a period at most. */
    ByteBuffer slice(long position, long most) {
        return twice.slice((int) (position % PERIOD), (int) Math.min(PERIOD, most));
    }

    String md5(int phase, long length) {
        return sums.computeIfAbsent(new Stretch(phase, length), this::compute);
    }

    private String compute(Stretch stretch) {
        MessageDigest digest = md5();
        long done = 0;
        while (done < stretch.length()) {
            ByteBuffer next = slice(stretch.phase() + done, stretch.length() - done);
            done += next.remaining();
            digest.update(next);
        }
        return hex(digest);
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
