package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.cli.config.Config;
import com.connylabs.ingest.cli.config.ConfigReader;
import com.connylabs.ingest.cli.http.ListenAddress;
import com.connylabs.ingest.cli.logging.Terminal;
import com.connylabs.ingest.cli.metrics.Metrics;
import com.connylabs.ingest.cli.plugins.Endpoints;
import com.connylabs.ingest.cli.plugins.PluginRegistry;
import com.connylabs.ingest.cli.plugins.TestPlugin;
import com.connylabs.ingest.core.queue.nats.NatsAuth;
import com.connylabs.ingest.core.queue.nats.StreamLimits;
import com.connylabs.ingest.tck.fake.InMemoryQueue;
import com.connylabs.ingest.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with a plugin jar of the test's and a queue in memory. */
@Timeout(60)
class SessionTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String CONFIG = """
            sources: [{name: in, type: mem, at: "mem://in/"}]
            destinations: [{name: out, type: mem, at: "mem://out/"}]
            workflows: [{name: w, source: in, destinations: [out]}]
            """;

    @TempDir
    private Path dir;

    private final InMemoryQueue queue = new InMemoryQueue();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void writePlugin() throws Exception {
        TestPlugin.jar().write(dir.resolve("plugins/mem.jar"));
    }

    @Test
    void standaloneOnceListsCopiesAndSumsUp() throws Exception {
        run(Mode.STANDALONE, CONFIG, this::open);
        assertEquals("""
                workflow listed present queued copied size skipped gone given up time
                w 1 0 1 1 1 B 0 0 0
                """, summary(), "summary");
        assertEquals(0, outstanding(), "outstanding");
    }

    @Test
    void enqueueOnceAndDequeueOnceShareTheWork() throws Exception {
        run(Mode.ENQUEUE, CONFIG, this::open);
        assertEquals("workflow listed present queued time\nw 1 0 1\n", summary(), "summary of the enqueuer");
        assertEquals(1, outstanding(), "outstanding");
        out.reset();
        run(Mode.DEQUEUE, CONFIG, this::open);
        assertEquals(
                "workflow copied size skipped gone given up time\nw 1 1 B 0 0 0\n",
                summary(),
                "summary of the dequeuer");
    }

    @Test
    void elementThatIsGivenUpFailsTheRun() {
        String refusing = CONFIG.replace("\"mem://out/\"", "\"mem://out/\", refuse: no");
        FailedException e = assertThrows(FailedException.class, () -> run(Mode.STANDALONE, refusing, this::open));
        assertEquals(
                List.of("workflow w: 1 element was given up and kept as dead letters; see ingest dead-letters list"),
                e.lines(),
                "lines");
        assertEquals(1, queue.givenUp().size(), "dead letters");
    }

    @Test
    void elementThatWasGivenUpBeforeIsLeftOutAndFailsTheRunToo() {
        String refusing = CONFIG.replace("\"mem://out/\"", "\"mem://out/\", refuse: no");
        assertThrows(FailedException.class, () -> run(Mode.STANDALONE, refusing, this::open));
        out.reset();
        FailedException e = assertThrows(FailedException.class, () -> run(Mode.STANDALONE, CONFIG, this::open));
        assertEquals(
                List.of("workflow w: 1 element was given up before and left out; mend what was wrong, then ingest"
                        + " dead-letters replay --workflow=w --all"),
                e.lines(),
                "lines");
        assertTrue(summary().endsWith("1 dead letter; see ingest dead-letters list\n"), summary());
        assertEquals(1, queue.givenUp().size(), "given up");
    }

    @Test
    void listingThatFailsFailsTheRun() {
        String failing = CONFIG.replace("\"mem://in/\"", "\"mem://in/\", list: reset");
        FailedException e = assertThrows(FailedException.class, () -> run(Mode.STANDALONE, failing, this::open));
        assertEquals(List.of("workflow w: cannot list source in: mem://in/: reset"), e.lines(), "lines");
    }

    @Test
    void endpointThatCannotBeReachedIsToldBeforeAnythingIsDone() {
        String failing = CONFIG.replace("\"mem://out/\"", "\"mem://out/\", fail: refused");
        FailedException e = assertThrows(FailedException.class, () -> run(Mode.STANDALONE, failing, this::open));
        assertEquals(List.of("destination out (mem://out/): mem://out/: refused"), e.lines(), "lines");
    }

    @Test
    void enqueuerNeedsNoDestinationToAnswer() throws Exception {
        run(Mode.ENQUEUE, CONFIG.replace("\"mem://out/\"", "\"mem://out/\", fail: refused"), this::open);
        assertEquals(1, outstanding(), "outstanding");
    }

    @Test
    void queueThatCannotBeReachedFailsARunThatEndsByItself() {
        FailedException e = assertThrows(
                FailedException.class,
                () -> run(Mode.ENQUEUE, CONFIG, () -> {
                    throw new EndpointException("cannot connect to the queue");
                }));
        assertEquals(List.of("cannot connect to the queue"), e.lines(), "lines");
    }

    @Test
    void queueThatCannotBeReachedIsWaitedForAndReadinessSaysSo() throws Exception {
        AtomicBoolean seen = new AtomicBoolean();
        QueueOpener opener = () -> {
            if (!seen.get()) {
                throw new EndpointException("cannot connect to the queue at x");
            }
            return queue;
        };
        int port = freePort();
        Running running = start(Mode.STANDALONE, CONFIG, opener, port);
        Await.until("not ready", LONG, () -> ready(port).contains("queue: cannot connect to the queue at x"));
        seen.set(true);
        Await.until("ready", LONG, () -> ready(port).equals("200 ready\n"));
        Await.until("copied", LONG, () -> queue.outstanding("w") == 0);
        queue.connected(false);
        Await.until("queue lost", LONG, () -> ready(port).contains("queue: connection lost"));
        queue.connected(true);
        running.stop().get().request();
        running.end().get();
        assertEquals("", out.toString(StandardCharsets.UTF_8), "no summary of a run that was stopped");
    }

    @Test
    void aStopThatTheQueueHasCaughtEndsTheWaitingForItAllTheSame() throws Exception {
        CompletableFuture<Thread> waits = new CompletableFuture<>();
        QueueOpener opener = () -> {
            waits.complete(Thread.currentThread());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new EndpointException("cannot connect to the queue: " + e);
            }
            return queue;
        };
        Running running = start(Mode.STANDALONE, CONFIG, opener, freePort());
        waits.get(30, TimeUnit.SECONDS);
        running.stop().get().request();
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> running.end().get(30, TimeUnit.SECONDS));
        assertInstanceOf(InterruptedException.class, e.getCause());
    }

    @Test
    void readinessTellsWhyAWorkflowPauses() throws Exception {
        String down = CONFIG.replace("\"mem://out/\"", "\"mem://out/\", trouble: store refuse");
        int port = freePort();
        Running running = start(Mode.STANDALONE, down, this::open, port);
        Await.until("pause", LONG, () -> ready(port)
                .equals("503 not ready\ncopying of w: paused: out store: mem://out/: connection refused\n"));
        running.stop().get().request();
        running.end().get();
    }

    @Test
    void failingSourceDoesNotStopTheOtherWorkflow() throws Exception {
        String two = """
                sources:
                - {name: in, type: mem, at: "mem://in/"}
                - {name: bad, type: mem, at: "mem://bad/", list: reset, fail: refused}
                destinations: [{name: out, type: mem, at: "mem://out/"}]
                workflows:
                - {name: w, source: in, destinations: [out]}
                - {name: x, source: bad, destinations: [out]}
                """;
        int port = freePort();
        Running running = start(Mode.ENQUEUE, two, this::open, port);
        Await.until("queued", LONG, () -> queue.outstanding("w") == 1);
        Await.until(
                "faults",
                LONG,
                () -> ready(port)
                        .equals(
                                "503 not ready\nlisting of x: mem://bad/: reset\nsource bad (mem://bad/): mem://bad/: refused\n"));
        running.stop().get().request();
        running.end().get();
    }

    @Test
    void enqueuerEndsWhenEverySourceIsToBeListedOnce() throws Exception {
        String zero = CONFIG.replace("destinations: [out]", "destinations: [out], interval: 0");
        start(Mode.ENQUEUE, zero, this::open, freePort()).end().get();
        assertEquals(1, outstanding(), "outstanding");
    }

    @Test
    void portInUseFailsUnlessTheRunEndsByItselfAndNobodyAskedForIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            session(Mode.ENQUEUE, CONFIG, this::open, settings(true, port, false), new Stop());
            assertThrows(
                    FailedException.class,
                    () -> session(Mode.ENQUEUE, CONFIG, this::open, settings(true, port, true), new Stop()));
            assertThrows(
                    FailedException.class,
                    () -> session(Mode.ENQUEUE, CONFIG, this::open, settings(false, port, false), new Stop()));
        }
    }

    @Test
    void dryRunShowsThePlanAndTouchesNothing() throws Exception {
        Config config = read(CONFIG.replace("\"mem://out/\"", "\"mem://out/\", fail: refused"));
        try (PluginRegistry plugins = new PluginRegistry(List.of(dir.resolve("plugins")));
                Endpoints endpoints = Endpoints.open(config, true, plugins, new Metrics(true, true, "1").plugins())) {
            new DryRun(endpoints, new PrintStream(out, true, StandardCharsets.UTF_8))
                    .run(new Checks.Check("queue", () -> {
                        throw new EndpointException("refused");
                    }));
        }
        assertEquals("""
                workflow w
                  source       in  mem://in/
                  destination  out  mem://out/
                  interval     5m
                  copying      up to 8 at a time
                """, out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"), "plan");
    }

    /** The same queue again; who had it before has closed it. */
    private Queue open() {
        queue.connected(true);
        return queue;
    }

    private long outstanding() throws Exception {
        return open().outstanding("w");
    }

    private record Running(CompletableFuture<Stop> stop, CompletableFuture<Void> end) {}

    private Running start(Mode mode, String yaml, QueueOpener opener, int port) {
        Running running = new Running(new CompletableFuture<>(), new CompletableFuture<>());
        Thread thread = new Thread(() -> {
            Stop stop = new Stop();
            running.stop().complete(stop);
            try {
                session(mode, yaml, opener, settings(false, port, true), stop);
                running.end().complete(null);
            } catch (Exception e) {
                running.end().completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return running;
    }

    private void run(Mode mode, String yaml, QueueOpener opener) throws Exception {
        session(mode, yaml, opener, settings(true, 0, true), new Stop());
    }

    private void session(Mode mode, String yaml, QueueOpener opener, Settings settings, Stop stop) throws Exception {
        Metrics metrics = new Metrics(mode.enqueues(), mode.dequeues(), "1");
        try (PluginRegistry plugins = new PluginRegistry(settings.plugins());
                Endpoints endpoints = Endpoints.open(read(yaml), true, plugins, metrics.plugins())) {
            new Session(mode, settings, endpoints, metrics, stop, Terminal.standardError())
                    .run(opener, new PrintStream(out, true, StandardCharsets.UTF_8));
        }
    }

    private Settings settings(boolean once, int port, boolean asked) {
        QueueSettings queueSettings = new QueueSettings(
                QueueSettings.DEFAULT_ENDPOINT, "ingest", "ingest", "ingest", StreamLimits.DEFAULT, NatsAuth.NONE);
        return new Settings(
                once,
                true,
                LONG,
                dir.resolve("c.yaml"),
                List.of(dir.resolve("plugins")),
                queueSettings,
                new Settings.Listen(new ListenAddress("", port), asked));
    }

    private Config read(String yaml) throws Exception {
        return ConfigReader.read(Files.writeString(dir.resolve("c.yaml"), yaml), Map.of());
    }

    /** The summary with single spaces, and without the times. */
    private String summary() {
        return out.toString(StandardCharsets.UTF_8)
                .replace(System.lineSeparator(), "\n")
                .replaceAll(" +", " ")
                .replaceAll("(?m) [\\d.]+s$", "");
    }

    private static String ready(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready"))
                .timeout(LONG)
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
