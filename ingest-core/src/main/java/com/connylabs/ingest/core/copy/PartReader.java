package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.io.IOException;
import java.io.InputStream;

/** Reads a body part by part, and knows when it has ended soundly. Used by one thread. */
final class PartReader {
    private final String id;
    private final InputStream body;
    private final ContentCheck check;
    private int ahead = NOTHING;
    private static final int NOTHING = -2;

    PartReader(String id, InputStream body, ContentCheck check) {
        this.id = id;
        this.body = body;
        this.check = check;
    }

    long length() {
        return check.length();
    }

    /** Reads until the buffer is full or the body ends. */
    int fill(byte[] buffer) throws IngestException {
        try {
            int start = 0;
            if (ahead >= 0 && buffer.length > 0) {
                buffer[start++] = (byte) ahead;
                ahead = NOTHING;
            }
            int count = start + body.readNBytes(buffer, start, buffer.length - start);
            check.update(buffer, count);
            return count;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Whether the body has ended; if so, it is what the source stated. */
    boolean ended() throws IngestException {
        try {
            if (ahead == NOTHING) {
                ahead = body.read();
            }
        } catch (IOException e) {
            throw broken(e);
        }
        if (ahead >= 0) {
            return false;
        }
        check.verify(id);
        return true;
    }

    /** Gives up what was not read yet. */
    void close() throws IngestException {
        try {
            body.close();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private TransientException broken(IOException e) {
        return new TransientException(
                "download " + id + " broke off after " + check.length() + " bytes: " + e.getMessage(), e);
    }
}
