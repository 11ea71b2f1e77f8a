package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is cut off from something waits quietly: a few lines in the log, next to no CPU, and it goes on by itself. */
@Timeout(300)
class QuietIT {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration WINDOW = Duration.ofSeconds(12);
    private static final int MOST_LINES = 10;
    private static final int MOST_PERCENT = 50;

    @TempDir
    private Path directory;

    private Servers servers;
    private Ingest ingest;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(directory);
        ingest = new Ingest(directory);
        put(0, 20);
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void nothingToDo() throws Exception {
        ingest.config(servers.config("interval: 1h"));
        try (ManagedProcess process = ingest("standalone", servers.nats.url())) {
            awaitCopied(20);
            assertQuiet("nothing to do", process);
        }
    }

    @Test
    void theQueueIsGoneWhileNothingIsToDo() throws Exception {
        ingest.config(servers.config("interval: 2s"));
        try (ManagedProcess process = ingest("standalone", servers.nats.url())) {
            awaitCopied(20);
            servers.nats.kill();
            assertQuiet("no queue, nothing to do", process);
            servers.nats.restart();
            put(20, 25);
            awaitCopied(25);
            awaitReady(process);
        }
    }

    @Test
    void theQueueIsGoneInTheMiddleOfAListing() throws Exception {
        ingest.config(servers.config("interval: 2s"));
        try (ManagedProcess enqueuer = ingest("enqueue", servers.nats.url(), "--max-msgs=10")) {
            enqueuer.awaitOutput("queue does not take messages", LONG);
            servers.nats.kill();
            assertQuiet("no queue, in the middle of a listing", enqueuer);
            servers.nats.restart();
            try (ManagedProcess dequeuer = ingest("dequeue", servers.nats.url())) {
                awaitCopied(20);
                awaitReady(dequeuer);
            }
            awaitReady(enqueuer);
        }
    }

    @Test
    void bothEndsAreGone() throws Exception {
        ingest.config(servers.config("interval: 1s"));
        try (ManagedProcess process = ingest("standalone", "file:queue.db")) {
            awaitCopied(20);
            put(20, 25);
            servers.destinationServer.kill();
            process.awaitOutput("endpoint is at fault", LONG);
            servers.sourceServer.kill();
            assertQuiet("neither source nor destination", process);
            servers.destinationServer.restart();
            servers.sourceServer.restart();
            awaitCopied(25);
            awaitReady(process);
        }
    }

    @Test
    void namesThatNobodyKnows() throws Exception {
        ingest.config(servers.config("interval: 1s")
                .replace(servers.sourceServer.endpoint(), "source.invalid")
                .replace(servers.destinationServer.endpoint(), "destination.invalid"));
        try (ManagedProcess process = ingest("standalone", "file:queue.db")) {
            process.awaitOutput("cannot list the source", LONG);
            assertQuiet("names that nobody knows", process);
        }
    }

    private void put(int from, int to) {
        for (int i = from; i < to; i++) {
            servers.source.put("source", "in/" + i, new byte[i]);
        }
    }

    private ManagedProcess ingest(String mode, String queue, String... more) throws Exception {
        String[] flags = {"--mode=" + mode, "--config=config.yaml", "--listen=127.0.0.1:0", "--queue-endpoint=" + queue
        };
        return ingest.start(java.util.stream.Stream.concat(List.of(flags).stream(), List.of(more).stream())
                .toArray(String[]::new));
    }

    private void awaitCopied(int count) throws InterruptedException {
        Await.until(
                count + " copies",
                LONG,
                () -> servers.destination.list("two").size() >= count
                        && servers.destination.list("one").size() >= count);
    }

    private static void awaitReady(ManagedProcess process) throws InterruptedException {
        String ready = MetricsIT.base(process) + "/ready";
        Await.until("ready", LONG, () -> MetricsIT.get(ready).statusCode() == 200);
    }

    private static void assertQuiet(String what, ManagedProcess process) throws Exception {
        ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
        String logBefore = process.output();
        Duration cpuBefore = handle.info().totalCpuDuration().orElseThrow();
        long start = System.nanoTime();
        Await.until("the end of the window", LONG, () -> System.nanoTime() - start > WINDOW.toNanos());
        Duration used = handle.info().totalCpuDuration().orElseThrow().minus(cpuBefore);
        String log = process.output().substring(logBefore.length());
        // Where nothing is to be published, listings go on without a queue, and each says so as ever.
        long lines = log.lines().filter(line -> !line.contains("source listed")).count();
        long percent = 100 * used.toMillis() / WINDOW.toMillis();
        System.out.println("quiet: " + what + ": " + lines + " lines and " + used.toMillis() + " ms of CPU (" + percent
                + " % of a core) in " + WINDOW.toSeconds() + " s");
        assertTrue(process.alive(), process.output());
        assertTrue(lines <= MOST_LINES, lines + " lines:\n" + log);
        assertTrue(percent < MOST_PERCENT, "CPU: " + percent + " % of a core");
    }
}
