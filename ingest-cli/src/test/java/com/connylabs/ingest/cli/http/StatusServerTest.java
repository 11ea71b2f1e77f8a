package com.connylabs.ingest.cli.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.cli.metrics.Metrics;
import com.connylabs.ingest.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Health health = new Health();
    private final Metrics metrics = new Metrics(true, true, "1");
    private StatusServer server;

    @BeforeEach
    void start() throws Exception {
        server = StatusServer.start(ListenAddress.parse("127.0.0.1:0"), metrics, health);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pagesAnswer() throws Exception {
        assertTrue(get("/").body().contains("/metrics"), "index");
        assertEquals("live\n", get("/live").body(), "live");
        assertEquals("ready\n", get("/ready").body(), "ready");
        assertEquals(404, get("/other").statusCode(), "other");
        HttpResponse<String> metrics = get("/metrics");
        assertTrue(metrics.body().contains("ingest_queue_operations_total{"), metrics.body());
        assertTrue(
                metrics.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain; version=0.0.4"),
                "type");
    }

    @Test
    void readinessTellsEveryReasonOnItsOwnLine() throws Exception {
        AtomicReference<String> queue = new AtomicReference<>("disconnected");
        health.probe("queue", queue::get);
        health.fault("workflow w", "cannot list\nthe source");
        HttpResponse<String> response = get("/ready");
        assertEquals(503, response.statusCode(), "code");
        assertEquals(
                "not ready\nqueue: disconnected\nworkflow w: cannot list\\nthe source\n", response.body(), "reasons");
        assertEquals(200, get("/live").statusCode(), "live all the same");
        queue.set("");
        health.ok("workflow w");
        assertEquals(200, get("/ready").statusCode(), "code afterwards");
    }

    @Test
    void onlyReadingIsAllowed() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri("/live"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertEquals(405, client.send(post, BodyHandlers.ofString()).statusCode(), "POST");
        HttpRequest head = HttpRequest.newBuilder(uri("/live"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> response = client.send(head, BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), "HEAD");
        assertEquals("5", response.headers().firstValue("Content-Length").orElseThrow(), "length");
    }

    @Test
    void clientsThatAreSlowKeepNobodyWaiting() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                slow.add(socket);
                socket.getOutputStream().write('G');
            }
            long start = System.nanoTime();
            assertEquals("live\n", get("/live").body(), "live");
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            assertTrue(seconds < 5, "answered after " + seconds + " s");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void gaugeThatHangsKeepsOnlyThoseWaitingWhoAskForMetrics() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger reading = new AtomicInteger();
        metrics.plugins().of("source", "p", "s").gauge("hanging", "Hangs.", () -> {
            reading.incrementAndGet();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 1;
        });
        List<CompletableFuture<HttpResponse<String>>> scrapes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            scrapes.add(client.sendAsync(request("/metrics"), BodyHandlers.ofString()));
        }
        Await.until("all read the gauge", Duration.ofSeconds(10), () -> reading.get() == 4);
        assertEquals(503, get("/metrics").statusCode(), "one more");
        assertEquals(200, get("/live").statusCode(), "others");
        released.countDown();
        for (CompletableFuture<HttpResponse<String>> scrape : scrapes) {
            assertEquals(200, scrape.get().statusCode(), "those who waited");
        }
        assertEquals(200, get("/metrics").statusCode(), "afterwards");
    }

    @Test
    void portInUseIsSaidInOneLine() {
        ListenAddress taken = ListenAddress.parse("127.0.0.1:" + server.port());
        String message = assertThrows(
                        IOException.class, () -> StatusServer.start(taken, new Metrics(true, true, "1"), health))
                .getMessage();
        assertEquals("cannot listen on " + taken + " (Address already in use); choose another with --listen", message);
    }

    @Test
    void unknownHostIsSaidInOneLine() {
        ListenAddress nowhere = ListenAddress.parse("host.invalid:0");
        assertThrows(IOException.class, () -> StatusServer.start(nowhere, new Metrics(true, true, "1"), health));
    }

    @Test
    void addressesAreThoseOfGo() {
        assertEquals(new ListenAddress("", 9090), ListenAddress.parse(":9090"));
        assertEquals(new ListenAddress("localhost", 0), ListenAddress.parse("localhost:0"));
        assertEquals(new ListenAddress("::1", 80), ListenAddress.parse("[::1]:80"));
        assertEquals("[::1]:80", ListenAddress.parse("[::1]:80").toString());
        for (String wrong : List.of("", "9090", ":", ":x", ":65536", "::1:80", "h:-1")) {
            assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(wrong), wrong);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path), BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(10)).build();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
