package com.example.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A feed on 127.0.0.1 with an entry for each of its files. */
final class FeedServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
    private final Map<String, String> redirects = new TreeMap<>();
    private volatile String feed = "";

    FeedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI feed() {
        return address("feed.xml");
    }

    URI address(String file) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + file);
    }

    void put(String file, byte[] bytes) {
        files.put(file, bytes);
    }

    void remove(String file) {
        files.remove(file);
    }

    /** Instead of the feed of its files. */
    void serve(String xml) {
        feed = xml;
    }

    void redirect(String file, String location) {
        redirects.put("/" + file, location);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            byte[] body = path.equals("/feed.xml") ? xml().getBytes(UTF_8) : files.get(path.substring(1));
            if (redirects.containsKey(path)) {
                exchange.getResponseHeaders().set("Location", redirects.get(path));
                exchange.sendResponseHeaders(302, -1);
            } else if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.getResponseHeaders().set("ETag", "\"" + Arrays.hashCode(body) + "\"");
                exchange.getResponseHeaders().set("Content-Type", "text/x-test");
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private String xml() {
        if (!feed.isEmpty()) {
            return feed;
        }
        StringBuilder xml = new StringBuilder("<feed xmlns='http://www.w3.org/2005/Atom'>\n");
        for (String file : files.keySet()) {
            xml.append("<entry><title>").append(file).append("</title><updated>2026-01-31T10:00:00Z</updated>");
            xml.append("<link rel='enclosure' href='").append(file).append("'/></entry>\n");
        }
        return xml.append("</feed>\n").toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
