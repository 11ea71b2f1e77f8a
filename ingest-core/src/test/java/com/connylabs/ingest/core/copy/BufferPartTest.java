package com.connylabs.ingest.core.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class BufferPartTest {
    private static final int LENGTH = 1 << 20;

    private final PartBuffers buffers = new PartBuffers(8 * LENGTH);

    @Test
    void whatAllHaveReleasedIsUsedAgain() throws Exception {
        byte[] buffer = buffers.acquire(LENGTH);
        BufferPart part = new BufferPart(1, buffer, LENGTH, buffers, 2);
        part.release();
        part.release();
        assertSame(buffer, buffers.acquire(LENGTH));
    }

    @Test
    void whatOneUserHasGivenUpIsNotUsedAgain() throws Exception {
        byte[] buffer = buffers.acquire(LENGTH);
        BufferPart part = new BufferPart(1, buffer, LENGTH, buffers, 2);
        part.giveUp();
        part.release();
        assertEquals(buffers.total(), buffers.available(), "memory");
        assertNotSame(buffer, buffers.acquire(LENGTH));
    }

    @Test
    void aLaneThatHasGivenItUpReleasesItForNobodyElse() throws Exception {
        BufferPart part = new BufferPart(1, buffers.acquire(LENGTH), LENGTH, buffers, 2);
        LaneItem hanging = LaneItem.of(part);
        hanging.giveUp();
        hanging.release();
        assertEquals(buffers.total() - LENGTH, buffers.available(), "memory while another one has it");
        LaneItem.of(part).release();
        assertEquals(buffers.total(), buffers.available(), "memory");
    }
}
