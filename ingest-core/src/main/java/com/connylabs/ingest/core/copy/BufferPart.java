package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.Part;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** A part in a shared buffer, which goes back when the last destination is done with it. */
final class BufferPart implements Part {
    private final int number;
    private final byte[] buffer;
    private final int length;
    private final PartBuffers buffers;
    private final AtomicInteger users;
    private volatile boolean givenUp;

    BufferPart(int number, byte[] buffer, int length, PartBuffers buffers, int users) {
        this.number = number;
        this.buffer = buffer;
        this.length = length;
        this.buffers = buffers;
        this.users = new AtomicInteger(users);
    }

    @Override
    public int number() {
        return number;
    }

    /** All parts but the last fill their buffers, which are of one length. */
    @Override
    public long offset() {
        return (number - 1L) * buffer.length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(buffer, 0, length);
    }

    /** This part, telling how far a destination has read it. */
    Part watchedBy(Progress progress) {
        return new Part() {
            @Override
            public int number() {
                return number;
            }

            @Override
            public long offset() {
                return BufferPart.this.offset();
            }

            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() {
                return new ProgressStream(buffer, length, progress);
            }
        };
    }

    InputStream range(long offset, long count) {
        return new ByteArrayInputStream(buffer, (int) offset, (int) count);
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            buffers.release(buffer, !givenUp);
        }
    }

    /** As {@link #release}, by a user that may still be reading: the buffer is not used again. */
    void giveUp() {
        givenUp = true;
        release();
    }

    private static final class ProgressStream extends ByteArrayInputStream {
        private final Progress progress;

        ProgressStream(byte[] buffer, int length, Progress progress) {
            super(buffer, 0, length);
            this.progress = progress;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int wanted) {
            progress.moved();
            return super.read(into, offset, wanted);
        }
    }
}
