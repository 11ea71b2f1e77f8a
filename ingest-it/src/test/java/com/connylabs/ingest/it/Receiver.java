package com.connylabs.ingest.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody whom the webhook tells what was stored. */
final class Receiver implements AutoCloseable {
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    private final ConcurrentLinkedQueue<String> bodies = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/stored";
    }

    List<String> uris() {
        List<String> uris = new ArrayList<>();
        for (String body : bodies) {
            for (Matcher text = TEXT.matcher(body); text.find(); ) {
                uris.add(text.group(1));
            }
        }
        return uris;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
