package com.connylabs.ingest.core.dequeue;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** A body that is read no faster than at its pace. Used by one thread. */
final class PacedStream extends FilterInputStream {
    /** So that nobody who reads much at a time makes the others wait for long. */
    private static final int AT_ONCE = 64 << 10;

    private final Pace pace;

    PacedStream(InputStream in, Pace pace) {
        super(in);
        this.pace = pace;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        took(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, Math.min(length, AT_ONCE));
        took(Math.max(0, count));
        return count;
    }

    private void took(int count) throws InterruptedIOException {
        try {
            pace.take(count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while keeping to the bandwidth limit");
        }
    }
}
