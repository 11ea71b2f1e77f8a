package com.connylabs.ingest.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import software.amazon.awssdk.core.exception.AbortedException;

/** What is sent with a request: as much as was announced, or the request fails. */
final class SentEntity extends AbstractHttpEntity {
    /**
     * Full ones wake the store less often. The JDK's sockets copy each once more, and so much stays in the processor's first
     * cache meanwhile.
     */
    private static final int BUFFER = 32 << 10;

    private final Content content;

    SentEntity(Content content) {
        super((String) null, null); // the type is among the headers that are signed
        this.content = content;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, content.length())];
        try (InputStream in = getContent()) {
            for (long rest = content.length(); rest > 0; ) {
                if (Thread.currentThread().isInterrupted()) {
                    throw AbortedException.create("interrupted " + rest + " bytes before the end of the body");
                }
                int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, rest));
                if (read == 0) {
                    throw new IOException("the body ended " + rest + " bytes before its length");
                }
                out.write(buffer, 0, read);
                rest -= read;
            }
        }
    }

    @Override
    public InputStream getContent() {
        return content.stream().newStream();
    }

    @Override
    public long getContentLength() {
        return content.length();
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public void close() {}
}
