package com.connylabs.ingest.bench.stub;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A body that arrives: compared with the content that we know, and forgotten. Used by one thread. */
final class Arrival {
    private final Content content;
    private int phase = Content.UNKNOWN;
    private long length;
    private @Nullable MessageDigest other;

    Arrival(Content content) {
        this.content = content;
    }

    /** Takes all that is in the buffer. What comes first has to be at least eight bytes, if there are as many. */
    void accept(ByteBuffer bytes) {
        if (length == 0) {
            phase = content.phaseOf(bytes);
        }
        if (other == null && (phase == Content.UNKNOWN || !known(bytes.duplicate()))) {
            other = digestSoFar();
        }
        length += bytes.remaining();
        if (other != null) {
            phase = Content.UNKNOWN;
            other.update(bytes);
        }
        bytes.position(bytes.limit());
    }

    private boolean known(ByteBuffer bytes) {
        return bytes.mismatch(content.slice(phase + length, bytes.remaining())) < 0;
    }

    private MessageDigest digestSoFar() {
        MessageDigest digest = Content.md5();
        for (long done = 0; done < length; ) {
            ByteBuffer next = content.slice(phase + done, length - done);
            done += next.remaining();
            digest.update(next);
        }
        return digest;
    }

    Item end(java.util.List<String> headers) {
        MessageDigest digest = other;
        if (digest == null && phase == Content.UNKNOWN) {
            digest = Content.md5(); // nothing has arrived
        }
        String sum = digest == null ? content.md5(phase, length) : Content.hex(digest);
        return new Item(sum, length, phase, headers, System.currentTimeMillis());
    }
}
