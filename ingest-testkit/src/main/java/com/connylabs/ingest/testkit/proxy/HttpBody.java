package com.connylabs.ingest.testkit.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Carries a body from one side to the other. */
final class HttpBody {
    private static final int NOWHERE = -1;

    private final InputStream from;
    private final OutputStream to;

    HttpBody(InputStream from, OutputStream to) {
        this.from = from;
        this.to = to;
    }

    /** Carries so many bytes. */
    void carry(long length) throws IOException {
        carry(length, NOWHERE);
    }

    /** Carries so many bytes, one of them changed. */
    void carry(long length, long changed) throws IOException {
        byte[] buffer = new byte[16 << 10];
        for (long done = 0; done < length; ) {
            int count = from.read(buffer, 0, (int) Math.min(buffer.length, length - done));
            if (count < 0) {
                throw new EOFException("a body ends early");
            }
            if (changed >= done && changed < done + count) {
                buffer[(int) (changed - done)] ^= 0x55;
            }
            to.write(buffer, 0, count);
            done += count;
        }
        to.flush();
    }

    /** Carries chunks to the last one. */
    void carryChunks() throws IOException {
        long size;
        do {
            String line = carryLine();
            size = Long.parseLong(line.split(";", 2)[0].trim(), 16);
            if (size > 0) {
                carry(size + 2);
            }
        } while (size > 0);
        while (!carryLine().isEmpty()) {
            // a trailer
        }
        to.flush();
    }

    private String carryLine() throws IOException {
        StringBuilder line = new StringBuilder();
        int next;
        do {
            next = from.read();
            if (next < 0) {
                throw new EOFException("chunks end early");
            }
            line.append((char) next);
        } while (next != '\n');
        to.write(line.toString().getBytes(ISO_8859_1));
        return line.toString().trim();
    }
}
