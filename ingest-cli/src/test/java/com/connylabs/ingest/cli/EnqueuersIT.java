package com.connylabs.ingest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.cli.plugins.TestPlugin;
import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import com.connylabs.ingest.testkit.nats.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several enqueuers of one workflow: as a rule one lists, and another takes over when it dies. */
@Timeout(300)
class EnqueuersIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String STANDING_BY = "standing by";
    private static final String TAKING_OVER = "taking over";
    private static final String NO_BUCKETS = "no key-value bucket can be used here";

    @TempDir
    private Path dir;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void write() throws Exception {
        TestPlugin.jar().write(dir.resolve("plugins/mem.jar"));
        Files.writeString(dir.resolve("c.yaml"), """
                sources: [{name: in, type: mem, at: "mem://in/"}]
                destinations: [{name: out, type: mem, at: "mem://out/"}]
                workflows: [{name: w, source: in, destinations: [out], interval: 2s}]
                """);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Test
    void oneListsAndAnotherTakesOverOnNats() throws Exception {
        String queue = nats("").url();
        ManagedProcess last = oneListsAndAnotherTakesOver("enqueue", queue);
        ManagedProcess next = start("enqueue", queue);
        next.awaitOutput(STANDING_BY, LONG);
        last.signal(Signal.STOP);
        assertTakesOver(next, "after SIGSTOP");
        last.signal(Signal.CONT);
        Await.until("stands by again", LONG, () -> count(last.output(), STANDING_BY) == 2);
        assertEquals(1, count(next.output(), STANDING_BY), "said more than once:\n" + next.output());
    }

    @Test
    void oneListsAndAnotherTakesOverOnTheEmbeddedQueue() throws Exception {
        oneListsAndAnotherTakesOver("standalone", "file:queue.db");
    }

    /** Ends the first in order and the second hard; gives the third, who lists then. */
    private ManagedProcess oneListsAndAnotherTakesOver(String mode, String queue) throws Exception {
        ManagedProcess first = start(mode, queue);
        first.awaitOutput("source listed", LONG);
        ManagedProcess second = start(mode, queue);
        second.awaitOutput(STANDING_BY, LONG);
        assertEquals("200 ready\n", StatusPage.ready(second), "one that stands by");

        first.signal(Signal.TERM);
        assertTakesOver(second, "after SIGTERM");
        ManagedProcess third = start(mode, queue);
        third.awaitOutput(STANDING_BY, LONG);

        second.signal(Signal.KILL);
        assertFalse(third.output().contains("source listed"), "lists beside another:\n" + third.output());
        assertTakesOver(third, "after SIGKILL");
        return third;
    }

    private static void assertTakesOver(ManagedProcess standby, String when) throws Exception {
        long start = System.nanoTime();
        standby.awaitOutput(TAKING_OVER, LONG);
        standby.awaitOutput("source listed", LONG);
        System.out.println(when + ": taken over in " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    @Test
    void whoMayNotUseKeyValueListsAllTheSameAndSaysSoOnce() throws Exception {
        String queue = nats("""
                authorization { users: [{ user: u, password: p, permissions: {
                  publish: { deny: ["$KV.>", "$JS.API.*.*.KV_>", "$JS.API.*.*.*.KV_>", "$JS.API.*.*.KV_*.>"] }
                  subscribe: { allow: ">" } } }] }
                """).url().replace("nats://", "nats://u:p@");
        ManagedProcess first = start("enqueue", queue);
        ManagedProcess second = start("enqueue", queue);
        for (ManagedProcess process : List.of(first, second)) {
            Await.until("three listings", LONG, () -> count(process.output(), "source listed") >= 3);
        }
        for (ManagedProcess process : List.of(first, second)) {
            String output = process.output();
            assertEquals(1, count(output, NO_BUCKETS), output);
            assertFalse(output.contains(STANDING_BY), output);
            assertTrue(count(output, "server reports an error") <= 1, output);
            assertEquals("200 ready\n", StatusPage.ready(process), "ready");
        }
    }

    private NatsServer nats(String config) throws Exception {
        Path file = Files.writeString(dir.resolve("nats.conf"), config);
        NatsServer server = NatsServer.start(dir.resolve("nats"), file);
        opened.add(server);
        return server;
    }

    private ManagedProcess start(String mode, String queue) throws Exception {
        ManagedProcess process = new IngestProgram(dir)
                .start("--mode=" + mode, "--config=c.yaml", "--listen=127.0.0.1:0", "--queue-endpoint=" + queue);
        opened.add(0, process);
        return process;
    }

    private static int count(String output, String text) {
        return output.split(Pattern.quote(text), -1).length - 1;
    }
}
