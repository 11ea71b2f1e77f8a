package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.PermanentException;
import java.util.OptionalLong;

/** How S3 limits objects in parts. */
final class PartSizes {
    static final int MAX_PARTS = 10_000;

    private static final long MAX_OBJECT = 5L << 40;
    private static final long STEP = 1 << 20;

    private PartSizes() {}

    /** The configured size, or as many MiB more as it takes to get along with 10,000 parts. */
    static long partSize(long configured, OptionalLong length) {
        long needed = (length.orElse(0) + MAX_PARTS - 1) / MAX_PARTS;
        return Math.max(configured, (needed + STEP - 1) / STEP * STEP);
    }

    static void check(String what, OptionalLong length) throws PermanentException {
        if (length.orElse(0) > MAX_OBJECT) {
            throw new PermanentException(what + ": " + length.getAsLong() + " bytes; S3 takes 5 TiB");
        }
    }
}
