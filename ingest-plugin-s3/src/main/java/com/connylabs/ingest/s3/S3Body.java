package com.connylabs.ingest.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The body of an answer. Fails if it ends before its length, and gives up the connection, instead of reading on, when it
 * is closed before its end. Used by one thread.
 */
final class S3Body extends InputStream {
    private final ObjectAnswer answer;
    private final InputStream in;
    private final long length;
    private final String what;
    private long count;
    private boolean ended;

    /**
     * Takes over an answer.
     *
     * @param length bytes of the body, negative if unknown
     * @param what what is being read, for messages
     */
    S3Body(ObjectAnswer answer, long length, String what) {
        this.answer = answer;
        this.in = answer.body();
        this.length = length;
        this.what = what;
        this.ended = length == 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException(what);
        }
        int read;
        try {
            read = in.read(into, offset, most);
        } catch (AbortedException e) {
            InterruptedIOException interrupted = new InterruptedIOException(what);
            interrupted.initCause(e);
            throw interrupted;
        } catch (SdkException e) {
            throw new IOException(what + ": " + e.getMessage(), e);
        }
        if (read < 0) {
            end();
        } else {
            count += read;
            ended |= count == length;
        }
        return read;
    }

    private void end() throws IOException {
        if (length >= 0 && count < length) {
            throw new EOFException(what + ": the body ended after " + count + " of " + length + " bytes");
        }
        ended = true;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            in.close();
        } else {
            answer.abort();
        }
    }
}
