package com.connylabs.ingest.testkit.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A server on 127.0.0.1 that answers every HTTP request with the bytes that it is given, whatever they are, and closes the
 * connection. Bodies of requests are not read. Safe to use from many threads.
 */
public final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Function<String, byte[]> answer = request -> new byte[0];

    private RawServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts a server that hangs up on everybody, until it is told what to answer.
     *
     * @return the server
     * @throws IOException if there is no port
     */
    public static RawServer start() throws IOException {
        return new RawServer();
    }

    /**
     * Sets what the next requests are answered with.
     *
     * @param next gets the request's head and gives the whole answer
     */
    public void answer(Function<String, byte[]> next) {
        answer = next;
    }

    /**
     * Where it is.
     *
     * @return host and port
     */
    public String endpoint() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /**
     * How often it was asked so far.
     *
     * @return the number of requests
     */
    public int requests() {
        return requests.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            serveOne();
        }
    }

    private void serveOne() {
        try (Socket connection = socket.accept()) {
            String head = head(connection.getInputStream());
            if (!head.isEmpty()) {
                requests.incrementAndGet();
                connection.getOutputStream().write(answer.apply(head));
                connection.shutdownOutput();
            }
        } catch (IOException e) {
            // who asked has gone away, or we are closed
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    /** Stops it. Safe to call twice. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
