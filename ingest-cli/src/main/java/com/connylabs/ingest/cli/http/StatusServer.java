package com.connylabs.ingest.cli.http;

import com.connylabs.ingest.cli.logging.Escapes;
import com.connylabs.ingest.cli.metrics.Metrics;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers {@code /metrics}, {@code /live}, {@code /ready} and an index at {@code /}. Gives up on clients that are
 * slow, and has a thread for every connection that it accepts, so that nobody can hold up the others.
 */
public final class StatusServer implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 128;

    /** A plugin's gauge may hang, and only those who ask for metrics are to wait for it. */
    private static final int MOST_SCRAPES = 4;

    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Metrics metrics;
    private final Health health;
    private final Semaphore scrapes = new Semaphore(MOST_SCRAPES);

    private StatusServer(HttpServer server, Metrics metrics, Health health) {
        this.server = server;
        this.metrics = metrics;
        this.health = health;
        AtomicInteger count = new AtomicInteger();
        threads = new ThreadPoolExecutor(0, MOST_CONNECTIONS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "status-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to listen.
     *
     * @param address where
     * @param metrics shown at {@code /metrics}
     * @param health shown at {@code /ready}
     * @return the server, which the caller closes
     * @throws IOException if it cannot listen there; the message says where and what to do
     */
    public static StatusServer start(ListenAddress address, Metrics metrics, Health health) throws IOException {
        limitClients();
        try {
            InetSocketAddress socket = address.resolve();
            if (socket.isUnresolved()) {
                throw new IOException("unknown host");
            }
            StatusServer status = new StatusServer(HttpServer.create(socket, 0), metrics, health);
            status.serve();
            return status;
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on " + address + " (" + e.getMessage() + "); choose another with --listen", e);
        }
    }

    /** The JDK's server waits for its clients for ever unless it is told otherwise, which works before its first use. */
    private static void limitClients() {
        Map.of(
                        "sun.net.httpserver.maxReqTime", "10",
                        "sun.net.httpserver.maxRspTime", "30",
                        "sun.net.httpserver.idleInterval", "60",
                        "sun.net.httpserver.nodelay", "true",
                        "jdk.httpserver.maxConnections", String.valueOf(MOST_CONNECTIONS))
                .forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
    }

    private void serve() {
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Where it listens.
     *
     * @return the port, also when any free one was asked for
     */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                answer(exchange, 405, TEXT, "method not allowed\n");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> answer(exchange, 200, "text/html; charset=utf-8", IndexPage.HTML);
                case "/live", "/live/" -> answer(exchange, 200, TEXT, "live\n");
                case "/ready", "/ready/" -> ready(exchange);
                case "/metrics", "/metrics/" -> metrics(exchange);
                default -> answer(exchange, 404, TEXT, "not found\n");
            }
        }
    }

    private void ready(HttpExchange exchange) throws IOException {
        Map<String, String> faults = health.faults();
        StringBuilder text = new StringBuilder(faults.isEmpty() ? "ready\n" : "not ready\n");
        faults.forEach((part, reason) ->
                text.append(Escapes.visible(part + ": " + reason)).append('\n'));
        answer(exchange, faults.isEmpty() ? 200 : 503, TEXT, text.toString());
    }

    private void metrics(HttpExchange exchange) throws IOException {
        if (!scrapes.tryAcquire()) {
            answer(exchange, 503, TEXT, "metrics are being read by " + MOST_SCRAPES + " others\n");
            return;
        }
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            metrics.write(accept, page);
        } finally {
            scrapes.release();
        }
        answer(exchange, 200, metrics.contentType(accept), page.toByteArray());
    }

    private static void answer(HttpExchange exchange, int code, String type, String body) throws IOException {
        answer(exchange, code, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(code, -1);
            return;
        }
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
