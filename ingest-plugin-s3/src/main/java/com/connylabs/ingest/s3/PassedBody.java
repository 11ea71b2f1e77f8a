package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A body that is sent as it comes, and once only. Before its last bytes go, the destination is looked at once more: without
 * them nothing becomes visible, however long the others took. Used by one thread.
 */
final class PassedBody extends InputStream implements ContentStreamProvider {
    private final InputStream in;
    private final Commit commit;
    private long unread;
    private boolean opened;

    PassedBody(InputStream in, long length, Commit commit) {
        this.in = in;
        this.unread = length;
        this.commit = commit;
    }

    @Override
    public InputStream newStream() {
        if (opened) {
            throw new BodyException(
                    new TransientException(
                            "the store wants to be sent the object in another way; it is sent in parts when it is tried again"));
        }
        opened = true;
        return this;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw AbortedException.create("interrupted while an object passed through");
        }
        if (unread == 0) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(most, unread));
        if (count < 0) {
            throw new IOException("the body ended " + unread + " bytes before its length");
        }
        unread -= count;
        if (unread == 0) {
            look();
        }
        return count;
    }

    private void look() {
        try {
            commit.lookIfOld();
        } catch (IngestException e) {
            throw new BodyException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted", e);
        }
    }
}
