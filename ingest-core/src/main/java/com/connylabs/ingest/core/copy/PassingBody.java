package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.TransientException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an object on its way from the source to a storage that reads it by itself. Ends only at its stated length, and
 * remembers when reading it failed, or does not end: that is the source's fault and not the storage's. Read by one thread,
 * asked by another.
 */
final class PassingBody extends InputStream {
    private final InputStream in;
    private final long length;
    private final Progress progress;
    private long count;
    private volatile @Nullable TransientException failure;
    private volatile boolean waiting;

    PassingBody(InputStream in, long length, Progress progress) {
        this.in = in;
        this.length = length;
        this.progress = progress;
    }

    /** Why the source could not be read; null if it could. */
    @Nullable
    TransientException failure() {
        return failure == null && waiting
                ? new TransientException("gave nothing more after " + count + " bytes")
                : failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        if (count == length) {
            return -1;
        }
        progress.moved();
        waiting = !Thread.currentThread().isInterrupted(); // else we wait for nobody
        try {
            int read = in.read(into, offset, (int) Math.min(most, length - count));
            if (read < 0) {
                throw new EOFException("it ended before its length, which is " + length);
            }
            count += read;
            waiting = false;
            return read;
        } catch (IOException | RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) { // else it is our own doing
                failure = new TransientException("broke off after " + count + " bytes: " + e.getMessage(), e);
            }
            throw e;
        }
    }
}
