package com.connylabs.ingest.testkit.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands before the body of a request or an answer, byte for byte: signatures are made over it.
 *
 * @param text the lines, with the empty one that ends them
 */
record HttpHead(String text) {
    private static final int MOST = 64 << 10;
    private static final String END = "\r\n\r\n";

    /** Reads a head; empty if the connection has ended before it. */
    static Optional<HttpHead> read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < END.length()) {
            int next = in.read();
            if (next < 0 && bytes.size() == 0) {
                return Optional.empty();
            }
            if (next < 0 || bytes.size() == MOST) {
                throw new EOFException("the head of a message ends early, or never");
            }
            bytes.write(next);
            matched = next == END.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return Optional.of(new HttpHead(bytes.toString(ISO_8859_1)));
    }

    byte[] bytes() {
        return text.getBytes(ISO_8859_1);
    }

    String firstLine() {
        return text.substring(0, text.indexOf('\r'));
    }

    String method() {
        return firstLine().split(" ", 2)[0];
    }

    int status() {
        return Integer.parseInt(firstLine().split(" ", 3)[1]);
    }

    Optional<String> header(String name) {
        return text.lines()
                .skip(1)
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst();
    }

    boolean has(String name, String value) {
        return header(name)
                .filter(given -> given.toLowerCase(Locale.ROOT).contains(value))
                .isPresent();
    }

    boolean chunked() {
        return has("Transfer-Encoding", "chunked");
    }

    /** Bytes of the body as the head states it; negative if it does not. */
    long length() {
        return header("Content-Length").map(Long::parseLong).orElse(-1L);
    }
}
