package com.connylabs.ingest.core.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.RangeReader;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.copy.PartSource.Filled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source that states no checksum, so that nobody else would notice what is missing in the middle. */
@Timeout(60)
class RangedPartsTest {
    private static final int PART = 1000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PartBuffers buffers = new PartBuffers(1 << 20);
    private final byte[] content = new byte[5 * PART + 10];

    RangedPartsTest() {
        new Random(1).nextBytes(content);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void aRangeThatEndsTooEarlyIsReadAgain() throws Exception {
        AtomicBoolean once = new AtomicBoolean(true);
        assertArrayEquals(
                content,
                read((offset, length) -> range(offset, offset == 2 * PART && once.getAndSet(false) ? 10 : length)));
        assertEquals(buffers.total(), buffers.available(), "memory");
    }

    @Test
    void oneThatAlwaysDoesIsAFailure() {
        assertThrows(
                TransientException.class,
                () -> read((offset, length) -> range(offset, offset == 2 * PART ? 10 : length)));
        assertEquals(buffers.total(), buffers.available(), "memory");
    }

    private ByteArrayInputStream range(long offset, long length) {
        return new ByteArrayInputStream(content, (int) offset, (int) length);
    }

    private byte[] read(RangeReader ranges) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ContentCheck check = new ContentCheck(ObjectAttributes.unknown().withLength(content.length));
        try (RangedParts parts = new RangedParts("a", ranges, content.length, check, buffers, PART, threads)) {
            for (Optional<Filled> next = parts.next(); next.isPresent(); next = parts.next()) {
                out.write(next.get().buffer(), 0, next.get().length());
                buffers.release(next.get().buffer());
            }
        }
        return out.toByteArray();
    }
}
