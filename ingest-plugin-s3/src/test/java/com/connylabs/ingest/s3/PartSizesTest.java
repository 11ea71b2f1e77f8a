package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.PermanentException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartSizesTest {
    private static final long CONFIGURED = 8 << 20;

    @Test
    void growsSoThatTenThousandPartsSuffice() {
        for (long length : new long[] {CONFIGURED * 10_000, CONFIGURED * 10_000 + 1, 1L << 40, 5L << 40}) {
            long size = PartSizes.partSize(CONFIGURED, OptionalLong.of(length));
            assertTrue(size * 10_000 >= length, length + " bytes in parts of " + size);
            assertTrue(size - (1 << 20) < Math.max(CONFIGURED, length / 10_000 + 1), "no larger than it has to be");
        }
    }

    @Test
    void isTheConfiguredOneOtherwise() {
        assertEquals(CONFIGURED, PartSizes.partSize(CONFIGURED, OptionalLong.empty()), "unknown length");
        assertEquals(CONFIGURED, PartSizes.partSize(CONFIGURED, OptionalLong.of(0)), "empty");
        assertEquals(CONFIGURED, PartSizes.partSize(CONFIGURED, OptionalLong.of(CONFIGURED * 10_000)), "just enough");
    }

    @Test
    void objectsThatAreTooLargeAreRefused() throws Exception {
        PartSizes.check("store", OptionalLong.of(5L << 40));
        PartSizes.check("store", OptionalLong.empty());
        assertThrows(
                PermanentException.class, () -> PartSizes.check("store", OptionalLong.of((5L << 40) + 1)), "5 TiB + 1");
    }
}
