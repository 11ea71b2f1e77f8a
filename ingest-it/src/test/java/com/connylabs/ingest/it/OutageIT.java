package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two destinations are out for a while in the middle of the work: one refuses connections, the other answers 503. Half of
 * the time nobody touches the worker, which has to be quiet; in the other half it is replaced again and again.
 *
 * <p>A system property says how long: {@code -Doutage.seconds=600} for ten minutes.
 */
@Timeout(3600)
class OutageIT {
    private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("outage.seconds", 24));
    private static final Duration LONG = Duration.ofMinutes(3).plus(OUTAGE);
    private static final int BEFORE = 600;
    private static final int MEANWHILE = 50;
    private static final int REPLACEMENTS = 4;

    @TempDir
    private Path directory;

    private final AtomicBoolean out = new AtomicBoolean();
    private final AtomicBoolean restored = new AtomicBoolean();
    private Servers servers;
    private S3Stub busy;
    private Store busyStore;
    private Ingest ingest;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(directory);
        busy = S3Stub.start("busy");
        busyStore = Store.of(busy);
        busy.inject(Integer.MAX_VALUE, request -> isOut(), new Fault.Status(503, "SlowDown"));
        ingest = new Ingest(directory);
        ingest.config("sources:\n" + servers.source.yaml("origin", "source")
                + "destinations:\n" + servers.destination.yaml("refusing", "one") + busyStore.yaml("busy", "busy")
                + "workflows:\n" + workflow("refusing") + workflow("busy"));
    }

    /** A short outage needs short waits; a long one shows what the defaults do. */
    private static String workflow(String destination) {
        String retries = OUTAGE.toMinutes() < 1 ? ", attempts: 4, backoff: {first: 500ms, max: 2s}" : "";
        return "- {name: to-" + destination + ", source: origin, destinations: [" + destination
                + "], interval: 5s, concurrency: 4" + retries + "}\n";
    }

    /** From half of the objects on at the latest, so that the outage does not come too late. */
    private boolean isOut() {
        return out.get() || (!restored.get() && busy.keys("busy").size() >= BEFORE / 2);
    }

    @AfterEach
    void stop() {
        servers.close();
        busyStore.close();
        busy.close();
    }

    @Test
    void costsNothingAndLosesNothing() throws Exception {
        put(0, BEFORE);
        StringBuilder log = new StringBuilder();
        try (ManagedProcess enqueuer = start("enqueue")) {
            ManagedProcess worker = start("dequeue");
            try {
                awaitCopied(BEFORE / 10);
                out.set(true);
                servers.destinationServer.kill();
                put(BEFORE, BEFORE + MEANWHILE);
                quiet(worker);
                for (int i = 0; i < REPLACEMENTS; i++) {
                    pause(OUTAGE.dividedBy(2L * REPLACEMENTS));
                    log.append(ended(worker));
                    worker = start("dequeue");
                    worker.awaitOutput("connected to the queue", LONG);
                }
                servers.destinationServer.restart();
                restored.set(true);
                out.set(false);
                awaitCopied(BEFORE + MEANWHILE);
                log.append(ended(worker));
            } finally {
                worker.close();
            }
            log.append(ended(enqueuer));
        }
        assertFalse(log.toString().contains("given up"), "a dead letter in\n" + log);
        assertFalse(log.toString().contains("\tat "), "a stack trace in\n" + log);
    }

    private void put(int from, int to) {
        for (int i = from; i < to; i++) {
            servers.source.put("source", "o" + i, Objects.content("o" + i, i));
        }
    }

    private ManagedProcess start(String mode) throws Exception {
        return ingest.start(
                "--mode=" + mode,
                "--config=config.yaml",
                "--listen=127.0.0.1:0",
                "--log-format=text",
                "--queue-endpoint=" + servers.nats.url());
    }

    private static String ended(ManagedProcess process) throws Exception {
        process.signal(Signal.TERM);
        assertEquals(0, process.exitCode(Duration.ofMinutes(1)), process.output());
        process.close();
        return process.output();
    }

    /** Half of the outage, in which the worker says a handful of things and uses next to no processor. */
    private void quiet(ManagedProcess worker) throws Exception {
        Await.until(
                "both are at fault",
                Duration.ofMinutes(1),
                () -> isPaused(worker, "refusing") && isPaused(worker, "busy"));
        Duration settling = Duration.ofSeconds(3);
        pause(settling);
        Duration before = Usage.cpu(worker.pid());
        long lines = worker.output().lines().count();
        Duration watched = OUTAGE.dividedBy(2).minus(settling);
        pause(watched);
        Duration used = Usage.cpu(worker.pid()).minus(before);
        long more = worker.output().lines().count() - lines;
        System.out.println("outage: in " + watched.toSeconds() + " s the worker used " + used.toMillis()
                + " ms of processor time and wrote " + more + " lines, " + lines + " before");
        assertTrue(more <= 5, more + " lines:\n" + worker.output());
        assertTrue(lines <= 20, lines + " lines:\n" + worker.output());
        assertTrue(used.multipliedBy(3).compareTo(watched) < 0, used + " of processor time in " + watched);
    }

    private static boolean isPaused(ManagedProcess worker, String destination) {
        return worker.output()
                .lines()
                .anyMatch(line -> line.contains("endpoint is at fault") && line.contains("[to-" + destination + "]"));
    }

    private void awaitCopied(int count) throws InterruptedException {
        Await.until(
                count + " objects in both",
                LONG,
                () -> busy.keys("busy").size() >= count
                        && servers.destination.list("one").size() >= count);
    }

    /** Not to wait for something: the time that passes is what is tested. */
    private static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
