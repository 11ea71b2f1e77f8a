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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An object that takes many ack waits to download is downloaded once, though another worker waits for work.
 *
 * <p>System properties say how long: {@code -Ddownload.seconds=60 -Ddownload.ackWait=5}.
 */
@Timeout(600)
class LongDownloadIT {
    private static final Duration DOWNLOAD = Duration.ofSeconds(Long.getLong("download.seconds", 20));
    private static final long ACK_WAIT = Long.getLong("download.ackWait", 6);
    private static final String WRITTEN = ", ackWait: " + ACK_WAIT + "s";
    private static final Duration LONG = Duration.ofMinutes(2).plus(DOWNLOAD);

    @TempDir
    private Path directory;

    @Test
    void onNats() throws Exception {
        try (NatsServer nats = NatsServer.start(Files.createDirectories(directory.resolve("nats")))) {
            isDownloadedOnce("--queue-endpoint=" + nats.url(), WRITTEN);
        }
    }

    @Test
    void onNatsWhereTheDurableHasAShorterAckWaitThanIsAskedFor() throws Exception {
        try (NatsServer nats = NatsServer.start(Files.createDirectories(directory.resolve("nats")))) {
            String queue = "--queue-endpoint=" + nats.url();
            try (S3Stub stub = S3Stub.start("source", "one", "two");
                    Store store = Store.of(stub)) {
                Ingest ingest = new Ingest(directory);
                ingest.config(config(store, WRITTEN));
                stub.put("source", "first", new byte[1], Map.of());
                list(ingest, queue);
                ingest.run("--mode=dequeue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue);
            }
            isDownloadedOnce(queue, "");
        }
    }

    @Test
    void onTheEmbeddedQueue() throws Exception {
        isDownloadedOnce("--queue-endpoint=file:queue.db", WRITTEN);
    }

    private void isDownloadedOnce(String queue, String ackWait) throws Exception {
        byte[] small = new byte[300_000];
        byte[] large = Objects.content("large", 20 << 20);
        try (S3Stub stub = S3Stub.start("source", "one", "two");
                Store store = Store.of(stub)) {
            stub.put("source", "small", small, Map.of());
            stub.put("source", "large", large, Map.of());
            stub.inject(Integer.MAX_VALUE, "GetObject", new Fault.Drip(DOWNLOAD));
            Ingest ingest = new Ingest(directory);
            ingest.config(config(store, ackWait));
            try (ManagedProcess first = start(ingest, queue, "dequeue");
                    ManagedProcess second = start(ingest, queue, "dequeue")) {
                long start = System.nanoTime();
                list(ingest, queue);
                Await.until(
                        "copied",
                        LONG,
                        () -> stub.keys("one").size() == 2 && stub.keys("two").size() == 2);
                long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
                assertTrue(seconds >= DOWNLOAD.toSeconds() - 2, "not slow, the test shows nothing: " + seconds + " s");
                assertOnlyOnceOutstanding(ingest, queue);
                assertArrayEquals(
                        large, stub.object("one", "large").orElseThrow().body());
                assertArrayEquals(
                        small, stub.object("two", "small").orElseThrow().body());
                assertEquals(2, stub.count("GetObject"), "downloads of two objects");
                System.out.println("long download: " + seconds + " s with an ack wait of " + ACK_WAIT + " s on " + queue
                        + ": " + stub.count("GetObject") + " downloads of two objects");
                end(first);
                end(second);
            }
        }
    }

    private static String config(Store store, String ackWait) {
        return "sources:\n" + store.byAnotherName(store.yaml("origin", "source"))
                + "destinations:\n" + store.yaml("a", "one") + store.yaml("b", "two")
                + "workflows:\n- {name: work, source: origin, destinations: [a, b]" + ackWait + "}\n";
    }

    private static void list(Ingest ingest, String queue) throws Exception {
        Ingest.End end = ingest.run("--mode=enqueue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue);
        assertEquals(0, end.code(), end.output());
    }

    /** A worker that ends when nothing is outstanding: it would work off what was delivered again. */
    private static void assertOnlyOnceOutstanding(Ingest ingest, String queue) throws Exception {
        Ingest.End end = ingest.run("--mode=dequeue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue);
        assertEquals(0, end.code(), end.output());
        assertEquals("0", end.summary("copied"), end.output());
        assertEquals("0", end.summary("skipped"), end.output());
    }

    private static ManagedProcess start(Ingest ingest, String queue, String mode) throws Exception {
        return ingest.start("--mode=" + mode, "--config=config.yaml", "--listen=127.0.0.1:0", queue);
    }

    private static void end(ManagedProcess worker) throws Exception {
        worker.signal(Signal.TERM);
        assertEquals(0, worker.exitCode(Duration.ofMinutes(1)), worker.output());
    }
}
