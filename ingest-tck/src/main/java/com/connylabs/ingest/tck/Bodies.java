package com.connylabs.ingest.tck;

import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.util.concurrent.CountDownLatch;

/** Objects whose bodies do not behave. */
final class Bodies {
    /** Makes the same object again. */
    interface Maker {
        IngestObject make();
    }

    private Bodies() {}

    /** Fails where its last byte should be; the length is unknown. */
    static IngestObject failing(byte[] bytes) {
        return IngestObject.of(ObjectAttributes.unknown().withVersion("failing"), endingWith(bytes, Bodies::fail));
    }

    /** Fails where its last byte should be. */
    static IngestObject failing(byte[] bytes, long length) {
        ObjectAttributes attributes =
                ObjectAttributes.unknown().withVersion("failing").withLength(length);
        return IngestObject.of(attributes, endingWith(bytes, Bodies::fail));
    }

    /** Tells that it is reached, and then waits where its last byte should be until it is interrupted. */
    static IngestObject hanging(byte[] bytes, long length, CountDownLatch reached) {
        ObjectAttributes attributes =
                ObjectAttributes.unknown().withVersion("hanging").withLength(length);
        return IngestObject.of(attributes, endingWith(bytes, () -> {
            reached.countDown();
            return waitForInterrupt();
        }));
    }

    private static int fail() throws IOException {
        throw new IOException("connection reset by the test");
    }

    private static int waitForInterrupt() throws IOException {
        try {
            new CountDownLatch(1).await();
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Never returns a byte. */
    private interface End {
        int read() throws IOException;
    }

    private static InputStream endingWith(byte[] bytes, End end) {
        InputStream last = new InputStream() {
            @Override
            public int read() throws IOException {
                return end.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return end.read();
            }
        };
        return new SequenceInputStream(new ByteArrayInputStream(bytes, 0, bytes.length - 1), last);
    }
}
