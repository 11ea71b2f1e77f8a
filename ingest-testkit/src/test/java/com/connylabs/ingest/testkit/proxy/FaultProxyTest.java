package com.connylabs.ingest.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyTest {
    private static final byte[] CONTENT = new byte[100_000];
    private static final String MD5 = "\"0123456789abcdef0123456789abcdef\"";

    static {
        new Random(1).nextBytes(CONTENT);
    }

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final List<byte[]> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile String tag = MD5;
    private volatile boolean chunked;
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        proxy = FaultProxy.start(server.getAddress().getPort(), 1, log::add);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            received.add(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("ETag", tag);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : chunked ? 0 : CONTENT.length);
            if (!head) {
                exchange.getResponseBody().write(CONTENT);
            }
        }
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://" + proxy.endpoint() + "/key"))
                .timeout(Duration.ofSeconds(20));
    }

    private byte[] get() throws Exception {
        return client.send(request().build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private void put() throws Exception {
        client.send(
                request().PUT(HttpRequest.BodyPublishers.ofByteArray(CONTENT)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private void always(Fault fault) {
        proxy.inject(new Faults(Map.of(fault, 1.0)));
    }

    private static int differences(byte[] bytes) {
        assertEquals(CONTENT.length, bytes.length, "length");
        int count = 0;
        for (int i = 0; i < bytes.length; i++) {
            count += bytes[i] == CONTENT[i] ? 0 : 1;
        }
        return count;
    }

    @Test
    void calmChangesNothing() throws Exception {
        put();
        assertArrayEquals(CONTENT, received.get(0));
        assertArrayEquals(CONTENT, get());
        chunked = true;
        assertArrayEquals(CONTENT, get(), "chunked");
        assertEquals(
                200,
                client.send(
                                request()
                                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode());
        assertEquals(List.of(proxy.endpoint()), hosts.stream().distinct().toList(), "Host as the client sent it");
        assertTrue(proxy.counts().isEmpty(), "faults: " + proxy.counts());
    }

    @Test
    void anErrorDoesNotReachTheServer() throws Exception {
        always(Fault.ERROR);
        HttpResponse<String> response = client.send(
                request().PUT(HttpRequest.BodyPublishers.ofByteArray(CONTENT)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertTrue(response.statusCode() == 500 || response.statusCode() == 503, response.toString());
        assertTrue(response.body().contains("<Error><Code>"), response.body());
        assertTrue(received.isEmpty(), "the server got it");
    }

    @Test
    void aRequestIsCut() {
        always(Fault.CUT_REQUEST);
        assertThrows(IOException.class, this::put);
        assertTrue(received.isEmpty(), "the server got all of it");
        assertThrows(IOException.class, this::get);
    }

    @Test
    void oneByteOfARequestIsChanged() throws Exception {
        always(Fault.CORRUPT_REQUEST);
        put();
        assertEquals(1, differences(received.get(0)), "changed bytes");
    }

    @Test
    void anAnswerIsLostAfterTheServerDidItsWork() {
        always(Fault.LOSE_ANSWER);
        assertThrows(IOException.class, this::put);
        assertArrayEquals(CONTENT, received.get(0));
    }

    @Test
    void anAnswerIsCut() {
        always(Fault.CUT_ANSWER);
        assertThrows(IOException.class, this::get);
        assertEquals(1, received.size(), "requests that the server got");
    }

    @Test
    void oneByteOfAnAnswerIsChangedWhereItCanBeNoticed() throws Exception {
        always(Fault.CORRUPT_ANSWER);
        assertEquals(1, differences(get()), "changed bytes");
        tag = "\"0123456789abcdef0123456789abcdef-2\"";
        assertEquals(0, differences(get()), "changed bytes of an object in parts");
    }

    @Test
    void aSeedDrawsTheSameAgain() {
        Faults faults = new Faults(Map.of(Fault.DELAY, 0.3, Fault.ERROR, 0.3));
        Random one = new Random(7);
        Random two = new Random(7);
        for (int i = 0; i < 100; i++) {
            assertEquals(faults.draw(one), faults.draw(two));
        }
        assertThrows(IllegalArgumentException.class, () -> new Faults(Map.of(Fault.DELAY, 0.6, Fault.ERROR, 0.6)));
    }
}
