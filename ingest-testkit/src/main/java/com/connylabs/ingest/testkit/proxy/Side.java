package com.connylabs.ingest.testkit.proxy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** One of the two connections that are joined. Used by one thread, but for {@link #close}. */
final class Side implements AutoCloseable {
    private static final long STALE_NANOS = 5_000_000_000L;

    final InputStream in;
    final OutputStream out;
    private final Socket socket;
    private long usedNanos = System.nanoTime();

    Side(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), 16 << 10);
    }

    void send(HttpHead head) throws IOException {
        out.write(head.bytes());
        out.flush();
    }

    void touch() {
        usedNanos = System.nanoTime();
    }

    /** Whether the other end may have hung up, as servers do with connections that nobody uses. */
    boolean stale() {
        return System.nanoTime() - usedNanos > STALE_NANOS;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
