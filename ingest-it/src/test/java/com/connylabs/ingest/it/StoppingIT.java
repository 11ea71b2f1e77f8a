package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import com.connylabs.ingest.testkit.nats.NatsServer;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker is told to end while it copies a large object slowly: it finishes, or hands back, and loses nothing. */
@Timeout(300)
class StoppingIT {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final byte[] LARGE = Objects.content("large", 20 << 20);

    @TempDir
    private Path directory;

    private S3Stub stub;
    private Store store;
    private NatsServer nats;
    private Ingest ingest;

    @BeforeEach
    void start() throws Exception {
        stub = S3Stub.start("source", "target");
        store = Store.of(stub);
        stub.put("source", "large", LARGE, Map.of());
        nats = NatsServer.start(Files.createDirectories(directory.resolve("nats")));
        ingest = new Ingest(directory);
    }

    @AfterEach
    void stop() {
        nats.close();
        store.close();
        stub.close();
    }

    private void config(String ackWait) throws Exception {
        ingest.config("sources:\n" + store.byAnotherName(store.yaml("origin", "source"))
                + "destinations:\n" + store.yaml("to", "target", "partSize: 5MiB")
                + "workflows:\n- {name: work, source: origin, destinations: [to], ackWait: " + ackWait + "}\n");
    }

    private String[] arguments(String queue, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "--config=config.yaml",
                "--listen=127.0.0.1:0",
                "--log-format=text",
                "--queue-endpoint=" + (queue.equals("nats") ? nats.url() : queue)));
        arguments.addAll(List.of(more));
        return arguments.toArray(new String[0]);
    }

    /** A worker in the middle of an object whose body takes some time. */
    private ManagedProcess copying(String queue, Duration body, String... more) throws Exception {
        Ingest.End enqueued = ingest.run(arguments(queue, "--mode=enqueue", "--once"));
        assertEquals(0, enqueued.code(), enqueued.output());
        stub.inject(1, "GetObject", new Fault.Drip(body));
        List<String> flags = new java.util.ArrayList<>(List.of(more));
        flags.add("--mode=dequeue");
        ManagedProcess worker = ingest.start(arguments(queue, flags.toArray(new String[0])));
        Await.until("in the middle", LONG, () -> stub.count("UploadPart") > 0);
        return worker;
    }

    private void assertAnotherOneCopiesIt(String queue) throws Exception {
        long start = System.nanoTime();
        Ingest.End end = ingest.run(arguments(queue, "--mode=dequeue", "--once"));
        assertEquals(0, end.code(), end.output());
        assertEquals("1", end.summary("copied"), end.output());
        assertCopied();
        System.out.println("stopping: copied by the next worker after "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s on " + queue);
    }

    private void assertCopied() {
        assertArrayEquals(LARGE, stub.object("target", "large").orElseThrow().body());
        assertEquals(List.of(), stub.openUploads("target"), "uploads left open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nats", "file:queue.db"})
    void oneSignalLetsItFinish(String queue) throws Exception {
        config("30s");
        try (ManagedProcess worker = copying(queue, Duration.ofSeconds(6))) {
            worker.signal(Signal.TERM);
            assertEquals(0, worker.exitCode(LONG), worker.output());
            assertCopied();
            assertEquals(1, stub.count("GetObject"), "downloads");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nats", "file:queue.db"})
    void whatTakesLongerThanTheTimeOutIsHandedBackAtOnce(String queue) throws Exception {
        config("5m"); // nobody could wait for that
        try (ManagedProcess worker = copying(queue, Duration.ofMinutes(2), "--shutdown-timeout=1s")) {
            long start = System.nanoTime();
            worker.signal(Signal.TERM);
            assertEquals(0, worker.exitCode(LONG), worker.output());
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            assertTrue(seconds < 60, "ended after " + seconds + " s");
            assertEquals(List.of(), stub.openUploads("target"), "uploads left open");
        }
        assertAnotherOneCopiesIt(queue);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nats", "file:queue.db"})
    void aSecondSignalEndsAtOnceAndLosesNothing(String queue) throws Exception {
        config("2s");
        try (ManagedProcess worker = copying(queue, Duration.ofMinutes(2), "--shutdown-timeout=1h")) {
            worker.signal(Signal.TERM);
            worker.awaitOutput("stopping because of SIGTERM", LONG);
            long start = System.nanoTime();
            worker.signal(Signal.TERM);
            assertEquals(1, worker.exitCode(LONG), worker.output());
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            assertTrue(seconds < 60, "ended after " + seconds + " s");
        }
        assertAnotherOneCopiesIt(queue);
    }
}
