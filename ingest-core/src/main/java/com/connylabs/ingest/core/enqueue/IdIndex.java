package com.connylabs.ingest.core.enqueue;

import com.connylabs.ingest.core.queue.ElementHash;
import java.util.Arrays;

/**
 * A set of ids in eight bytes each. It may take an id for one of them that is none, very rarely, but never the other way
 * round, unless there are more than it holds.
 */
final class IdIndex {
    private static final int SMALL = 64;
    private static final int DIGITS = 16;

    private final int most;
    private long[] hashes = new long[SMALL];
    private int size;
    private boolean sorted = true;

    /** An empty set that takes so many ids and passes over the others. */
    IdIndex(int most) {
        this.most = most;
    }

    void add(String id) {
        if (size == most) {
            return;
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.min(most, 2 * size));
        }
        hashes[size++] = hash(id);
        sorted = false;
    }

    boolean mayContain(String id) {
        if (size == 0) {
            return false;
        }
        if (!sorted) {
            Arrays.sort(hashes, 0, size);
            sorted = true;
        }
        return Arrays.binarySearch(hashes, 0, size, hash(id)) >= 0;
    }

    private static long hash(String id) {
        return Long.parseUnsignedLong(ElementHash.of(id), 0, DIGITS, 16);
    }
}
