package com.connylabs.ingest.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class IngestObjectTest {
    private static final byte[] BYTES = {1, 2, 3, 4, 5};

    @Test
    void bytesGiveLengthBodyAndRanges() throws Exception {
        try (var object = IngestObject.of(ObjectAttributes.unknown(), BYTES)) {
            assertEquals(OptionalLong.of(5), object.attributes().length(), "length");
            assertArrayEquals(BYTES, object.body().readAllBytes(), "body");
            RangeReader ranges = object.ranges().orElseThrow();
            assertArrayEquals(new byte[] {2, 3}, ranges.open(1, 2).readAllBytes(), "a range, after the body was read");
            assertArrayEquals(new byte[] {2, 3}, ranges.open(1, 2).readAllBytes(), "the same range again");
            assertArrayEquals(new byte[0], ranges.open(5, 0).readAllBytes(), "nothing, at the end");
        }
    }

    @Test
    void rangeBeyondTheEndIsRefusedAndNotCutShort() {
        RangeReader ranges =
                IngestObject.of(ObjectAttributes.unknown(), BYTES).ranges().orElseThrow();
        assertThrows(IndexOutOfBoundsException.class, () -> ranges.open(4, 2), "past the end");
        assertThrows(IndexOutOfBoundsException.class, () -> ranges.open(-1, 2), "before the start");
        assertThrows(IndexOutOfBoundsException.class, () -> ranges.open(1L << 32, 1), "past what an array can hold");
    }

    @Test
    void streamCanOnlyBeReadOnce() {
        InputStream body = new ByteArrayInputStream(BYTES);
        var object = IngestObject.of(ObjectAttributes.unknown(), body);
        assertTrue(object.ranges().isEmpty(), "no ranges");
        assertSame(body, object.body(), "body");
        assertSame(body, object.body(), "body, asked again");
    }

    @Test
    void rangesNeedALength() {
        InputStream body = new ByteArrayInputStream(BYTES);
        RangeReader ranges = (offset, length) -> body;
        assertThrows(
                IllegalArgumentException.class,
                () -> IngestObject.of(ObjectAttributes.unknown(), body, ranges),
                "unknown length");
        ObjectAttributes known = ObjectAttributes.unknown().withLength(5);
        assertSame(ranges, IngestObject.of(known, body, ranges).ranges().orElseThrow(), "known length");
    }

    @Test
    void closeClosesTheBody() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream body = new ByteArrayInputStream(BYTES) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        IngestObject.of(ObjectAttributes.unknown(), body).close();
        assertTrue(closed.get(), "closed");
    }
}
