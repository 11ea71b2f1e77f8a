package com.connylabs.ingest.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A web server that does not say how long its files are, read by a plugin jar from outside, into two S3 buckets. */
@Timeout(300)
class UnknownLengthIT {
    private static final Map<String, Integer> LENGTHS =
            Map.of("empty", 0, "one-byte", 1, "small", 300_000, "one-part", 8 << 20, "parts", (20 << 20) + 17);

    @TempDir
    private Path directory;

    @Test
    void objectsOfUnknownLengthArriveWhole() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath().substring(1);
            byte[] body = path.equals("feed.xml") ? feed() : Objects.content(path, LENGTHS.get(path));
            exchange.getResponseHeaders().set("Content-Type", "text/x-unknown");
            exchange.sendResponseHeaders(200, 0); // chunked: no length is sent
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        web.start();
        try (Servers servers = new Servers(directory)) {
            Path plugins = Files.createDirectories(directory.resolve("plugins"));
            Files.copy(Path.of(System.getProperty("feed.jar")), plugins.resolve("feed.jar"));
            Ingest ingest = new Ingest(directory);
            ingest.config("sources:\n- name: web\n  type: feed\n  url: http://127.0.0.1:"
                    + web.getAddress().getPort() + "/feed.xml\ndestinations:\n"
                    + servers.destination.yaml("first", "one") + servers.destination.yaml("second", "two")
                    + "workflows:\n- {name: work, source: web, destinations: [first, second]}\n");
            Ingest.End end = ingest.run("--mode=standalone", "--once", "--config=config.yaml", "--listen=127.0.0.1:0");
            assertEquals(0, end.code(), end.output());
            for (Map.Entry<String, Integer> file : LENGTHS.entrySet()) {
                byte[] expected = Objects.content(file.getKey(), file.getValue());
                for (String bucket : new String[] {"one", "two"}) {
                    var stored = servers.destination.get(bucket, file.getKey());
                    assertArrayEquals(expected, stored.asByteArrayUnsafe(), bucket + "/" + file.getKey());
                    assertEquals("text/x-unknown", stored.response().contentType());
                }
            }
        } finally {
            web.stop(0);
        }
    }

    private static byte[] feed() {
        StringBuilder xml = new StringBuilder("<feed xmlns='http://www.w3.org/2005/Atom'>");
        LENGTHS.keySet().forEach(file -> xml.append(
                        "<entry><updated>2026-01-31T10:00:00Z</updated><link rel='enclosure' href='")
                .append(file)
                .append("'/></entry>"));
        return xml.append("</feed>").toString().getBytes(UTF_8);
    }
}
