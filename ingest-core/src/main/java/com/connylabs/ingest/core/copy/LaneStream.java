package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The parts of an object as a stream, for a storage that does not take parts. Ends only where the sound object ends. */
final class LaneStream extends InputStream {
    private final BlockingQueue<LaneItem> items;
    private final Progress progress;
    private final String id;
    private @Nullable LaneItem item;
    private @Nullable InputStream bytes;
    private long given;

    LaneStream(BlockingQueue<LaneItem> items, Progress progress, String id) {
        this.items = items;
        this.progress = progress;
        this.id = id;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        progress.moved();
        while (true) {
            int count = bytes == null ? -1 : bytes.read(into, offset, length);
            if (count >= 0) {
                given += count;
                return count;
            }
            if (!advance()) {
                return -1;
            }
        }
    }

    /** Goes to the next part; false at the end. */
    private boolean advance() throws IOException {
        if (item != null && item.part() == null) {
            return false;
        }
        close();
        try {
            item = items.take();
            progress.moved(); // it was not the destination that kept it waiting
            if (item.part() == null) {
                requireWhole(item.soundLength(id));
                return false;
            }
            bytes = item.part().open();
            return true;
        } catch (TransientException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the next part of " + id);
        }
    }

    private void requireWhole(long length) throws TransientException {
        if (given != length) {
            throw new TransientException(
                    "store " + id + ": not completed, because " + given + " bytes of " + length + " were given to it");
        }
    }

    @Override
    public void close() {
        if (item != null && bytes != null) {
            item.release();
            bytes = null;
        }
    }
}
