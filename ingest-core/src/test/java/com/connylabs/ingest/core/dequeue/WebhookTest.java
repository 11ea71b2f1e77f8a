package com.connylabs.ingest.core.dequeue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.plugin.Secret;
import com.connylabs.ingest.core.webhook.WebhookOptions;
import com.connylabs.ingest.core.wire.CodecJson;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.Operation;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real HTTP server is told what was stored. */
@Timeout(60)
class WebhookTest {
    private final InMemoryDestination at = new InMemoryDestination();
    private final Fixture f = new Fixture().to("d", at);
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean fail = failures.getAndDecrement() > 0;
            if (!fail) {
                bodies.add(body);
                signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Ingest-Signature-256")));
            }
            exchange.sendResponseHeaders(fail ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
        f.options = f.options.with(WebhookOptions.of(url()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=hush");
    }

    @Test
    void isToldTheUriOfTheFirstDestination() throws Exception {
        InMemoryDestination second = new InMemoryDestination();
        f.to("second", second);
        f.source.put("a", new byte[1]);
        f.run();
        assertEquals(
                List.of("[\"" + at.stat(f.source.element("a")).orElseThrow().location() + "\"]"), bodies);
    }

    @Test
    void isToldInGroupsAndOfEachObjectOnce() throws Exception {
        for (int i = 0; i < 40; i++) {
            f.source.put("o" + i, new byte[1]);
        }
        f.run();
        assertEquals(40, String.join("", bodies).split("memory:", -1).length - 1);
        assertTrue(bodies.size() < 40, "calls: " + bodies.size());
    }

    @Test
    void isNotToldOfWhatWasThereAlready() throws Exception {
        f.source.put("a", new byte[1]);
        f.run();
        f.run();
        assertEquals(1, bodies.size());
    }

    @Test
    void isToldOfWhatMayBeOursBecauseOnlyTheAnswerWasLost() throws Exception {
        f.source.put("a", new byte[1]);
        String version = String.valueOf(f.source.element("a").version());
        AtomicInteger lost = new AtomicInteger(1);
        at.hook((operation, name) -> {
            if (operation == Operation.STORE && lost.getAndDecrement() > 0) {
                at.put("a", new byte[1], ObjectAttributes.unknown().withVersion(version));
            }
        });
        f.run();
        assertEquals(1, bodies.size(), "calls");
        assertEquals(0, f.counts.errors.get(), "attempts that failed");
    }

    @Test
    void isCalledAgainUntilItAnswersWellAndNothingIsStoredTwice() throws Exception {
        f.source.put("a", new byte[1]);
        failures.set(2);
        f.run();
        assertEquals(1, bodies.size());
        assertEquals(1, at.calls(Operation.STORE));
    }

    @Test
    void itsFailureEndsAsADeadLetterWithoutItsSecrets() throws Exception {
        f.source.put("a", new byte[1]);
        failures.set(1000);
        f.run();
        String reason = f.queue.givenUp().get(0).reason();
        assertTrue(reason.contains("/hook answered with status 500"), reason);
        assertFalse(reason.contains("hush"), reason);
        assertEquals(List.of("a"), List.copyOf(at.names()));
    }

    @Test
    void isToldOfWhatIsReplayedThoughItWasStoredBefore() throws Exception {
        f.source.put("a", new byte[1]);
        failures.set(3);
        f.run();
        DeadLetters letters = f.queue.deadLetters();
        DeadLetter letter = letters.find("w", f.source.element("a").id()).orElseThrow();
        failures.set(0);
        f.run();
        assertEquals(List.of(), bodies, "told by a later listing");

        assertTrue(letters.replay(letter, CodecJson.replayed(letter.data())), "replayed");
        f.drain();
        assertEquals(1, bodies.size());
        assertEquals(1, at.calls(Operation.STORE));
        assertEquals(Optional.empty(), letters.find("w", letter.id()), "letter");
    }

    @Test
    void isToldBeforeTheSourceIsCleanedUp() throws Exception {
        f.source.put("a", new byte[1]);
        f.options = f.options.with(new CopyOptions(8, true, OnChange.COPY));
        failures.set(1000);
        f.run();
        assertEquals(0, f.source.calls(Operation.CLEAN_UP));
    }

    @Test
    void canCheckWhoCalls() throws Exception {
        f.options = f.options.with(new WebhookOptions(url(), Optional.of(new Secret("key")), Duration.ofSeconds(5), 8));
        f.source.put("a", new byte[1]);
        f.run();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("key".getBytes(UTF_8), "HmacSHA256"));
        assertEquals(
                "sha256=" + HexFormat.of().formatHex(mac.doFinal(bodies.get(0).getBytes(UTF_8))), signatures.get(0));
    }
}
