package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads an object that can be read once only, and finds out whether it has the length and the MD5 that it states. */
final class BodyReader {
    private final InputStream body;
    private final OptionalLong stated;
    private final String what;
    private final Optional<Checksum> md5;
    private final MessageDigest digest = ObjectWriter.md5();
    private long count;

    BodyReader(IngestObject object, String what) {
        this.body = object.body();
        this.stated = object.attributes().length();
        this.what = what;
        this.md5 = object.attributes().checksum().filter(sum -> sum.algorithm() == Checksum.Algorithm.MD5);
    }

    /** Fills the buffer as far as the body goes, and returns how far that is. */
    int fill(byte[] buffer) throws TransientException, InterruptedException {
        try {
            int read = body.readNBytes(buffer, 0, buffer.length);
            count += read;
            if (md5.isPresent()) {
                digest.update(buffer, 0, read);
            }
            return read;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Called when nothing more should come: fails if the body is shorter or longer than it says, or something else. */
    void end() throws TransientException, InterruptedException {
        try {
            boolean more = body.read() >= 0;
            if (stated.isPresent() && (more || count != stated.getAsLong())) {
                throw new TransientException(what + ": the body has " + (more ? "more than " : "") + count
                        + " bytes, and should have " + stated.getAsLong());
            }
        } catch (IOException e) {
            throw failed(e);
        }
        if (md5.isPresent() && !Arrays.equals(md5.get().bytes(), digest.digest())) {
            throw new TransientException(
                    what + ": the body does not have the checksum that the source states (" + md5.get() + ")");
        }
    }

    private TransientException failed(IOException e) throws InterruptedException {
        boolean interrupted = e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
        if (Thread.interrupted() || interrupted) {
            InterruptedException thrown = new InterruptedException(what);
            thrown.initCause(e);
            throw thrown;
        }
        return new TransientException(what + ": the body cannot be read: " + e.getMessage(), e);
    }
}
