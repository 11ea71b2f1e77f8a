package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.core.webhook.WebhookOptions;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.testkit.Await;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a webhook that answers badly, late or never does to its workflow, and does not do to others. */
@Timeout(60)
class WebhookFaultsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final InMemoryDestination at = new InMemoryDestination();
    private final Fixture f = new Fixture().to("d", at);
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpHandler behaviour = exchange -> {};
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                calls.incrementAndGet();
                behaviour.handle(exchange);
            }
        });
        server.start();
        callWithin(SOON);
        f.source.put("a", new byte[1]);
    }

    private void callWithin(Duration timeout) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        f.options = f.options.with(new WebhookOptions(url, Optional.empty(), timeout, 8));
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void any2xxIsASuccess(int status) throws Exception {
        behaviour = exchange -> exchange.sendResponseHeaders(status, -1);
        f.run();
        assertEquals(0, f.queue.givenUp().size());
        assertEquals(1, calls.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 304, 400, 404, 500, 503})
    void anythingElseIsAFailure(int status) throws Exception {
        behaviour = exchange -> exchange.sendResponseHeaders(status, -1);
        f.run();
        assertGivenUpAfterStoring("answered with status " + status);
        assertEquals(3, calls.get(), "it is tried as often as everything else");
    }

    private void assertGivenUpAfterStoring(String reason) {
        assertEquals(1, f.queue.givenUp().size());
        String given = f.queue.givenUp().get(0).reason();
        assertTrue(given.contains("webhook") && given.contains(reason), given);
        assertEquals(Set.of("a"), at.names(), "stored all the same");
    }

    private void hang() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void oneThatNeverAnswersTimesOut() throws Exception {
        behaviour = exchange -> hang();
        callWithin(Duration.ofSeconds(2));
        f.run();
        assertGivenUpAfterStoring("gave no answer within 2000 ms");
    }

    @Test
    void oneThatNeverEndsItsAnswerTimesOut() throws Exception {
        behaviour = this::hangInTheBody;
        callWithin(Duration.ofSeconds(2));
        f.run();
        assertGivenUpAfterStoring("gave no answer within 2000 ms");
    }

    private void hangInTheBody(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write(1);
        exchange.getResponseBody().flush();
        hang();
    }

    @Test
    void oneThatIsDeadIsAFailureOfTheElement() throws Exception {
        server.stop(0);
        f.run();
        assertGivenUpAfterStoring("could not be called");
    }

    @Test
    void anAddressThatCannotBeCalledIsNoReasonToWaitForEver() throws Exception {
        f.options = f.options.with(WebhookOptions.of(URI.create("mailto:somebody@example.com")));
        f.run();
        assertGivenUpAfterStoring("mailto");
    }

    @Test
    void oneThatHangsDelaysItsOwnWorkflowOnly() throws Exception {
        Fixture other = new Fixture().to("d", new InMemoryDestination());
        behaviour = exchange -> hang();
        for (int i = 0; i < 40; i++) {
            f.source.put("more" + i, new byte[100_000]); // more than there is memory for, all together
            other.source.put("o" + i, new byte[100_000]);
        }
        f.enqueue();
        other.enqueue();
        WorkflowDequeuer hanging = f.dequeuer();
        Thread thread = new Thread(() -> runQuietly(hanging));
        thread.start();
        Await.until("the webhook was called", SOON, () -> calls.get() > 0);
        WorkflowDequeuer free =
                new WorkflowDequeuer(other.queue, other.source, other.targets, other.options, other.counts, f.buffers);
        free.drain();
        free.dequeue();
        assertEquals(40, other.counts.copied.get());
        assertEquals(0, f.counts.copied.get(), "nothing of the first is done while its webhook hangs");
        Await.until("what waits for a webhook takes no memory", SOON, () -> f.buffers.available() == f.buffers.total());
        behaviour = exchange -> exchange.sendResponseHeaders(200, -1);
        released.countDown();
        Await.until("the first goes on", SOON, () -> f.queue.outstanding("w") == 0);
        hanging.stop();
        thread.join();
    }

    private static void runQuietly(WorkflowDequeuer dequeuer) {
        try {
            dequeuer.dequeue();
        } catch (IngestException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
