package com.connylabs.ingest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.cli.plugins.TestPlugin;
import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that throw what they must not, block, or leave threads behind, all in one process with a workflow that works. */
@Timeout(300)
class BrokenPluginsIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    private static final List<String> SOURCES = List.of(
            "check hang",
            "next error",
            "next interrupt",
            "next wait",
            "next hang",
            "next leak",
            "download error",
            "download interrupt",
            "download wait",
            "download hang",
            "cleanUp error",
            "cleanUp hang",
            "close error",
            "close hang");

    private static final List<String> DESTINATIONS = List.of(
            "check error",
            "stat error",
            "stat interrupt",
            "stat hang",
            "store error",
            "store interrupt",
            "store wait",
            "store hang",
            "store leak",
            "close hang");

    @TempDir
    private Path dir;

    @BeforeEach
    void writePlugin() throws Exception {
        TestPlugin.jar().write(dir.resolve("plugins/mem.jar"));
    }

    @Test
    void aBrokenPluginHurtsOnlyItsWorkflowAndNotTheEnd() throws Exception {
        Files.createDirectories(dir.resolve("in"));
        Files.createDirectories(dir.resolve("out"));
        Files.writeString(dir.resolve("c.yaml"), config());
        try (ManagedProcess ingest = start("--shutdown-timeout=2s")) {
            for (String method : List.of("check", "next", "download", "cleanUp", "stat", "store")) {
                ingest.awaitOutput(method + " hangs", LONG);
            }
            for (int i = 0; i < 3; i++) {
                Path copy = dir.resolve("out/" + i);
                Files.writeString(dir.resolve("in/" + i), "text");
                Await.until("a copy", LONG, () -> Files.exists(copy));
            }
            assertIdle(ingest);
            String ready = StatusPage.ready(ingest);
            assertTrue(ready.startsWith("503"), ready);
            assertTrue(ready.contains("listing of s-next-error: StackOverflowError: next\n"), ready);
            assertTrue(!ready.contains("of good:"), ready);

            long start = System.nanoTime();
            ingest.signal(Signal.TERM);
            assertEquals(0, ingest.exitCode(LONG), ingest.output());
            long seconds = (System.nanoTime() - start) / 1_000_000_000;
            System.out.println("ended " + seconds + " s after SIGTERM with a shut-down time-out of 2 s");
            assertTrue(seconds < 40, "ended after " + seconds + " s");
        }
    }

    /** What fails at once is not tried again at once. */
    private static void assertIdle(ManagedProcess ingest) throws InterruptedException {
        ProcessHandle process = ProcessHandle.of(ingest.pid()).orElseThrow();
        Duration window = Duration.ofSeconds(10);
        long start = System.nanoTime();
        Duration before = process.info().totalCpuDuration().orElseThrow();
        Await.until("the end of the window", LONG, () -> System.nanoTime() - start > window.toNanos());
        long percent = process.info()
                        .totalCpuDuration()
                        .orElseThrow()
                        .minus(before)
                        .multipliedBy(100)
                        .toMillis()
                / window.toMillis();
        System.out.println("CPU with " + (SOURCES.size() + DESTINATIONS.size()) + " broken workflows: " + percent
                + " % of a core");
        assertTrue(percent < 60, "CPU: " + percent + " % of a core");
    }

    @Test
    void thePluginThatDoesNotEvenStartDoesNotKeepTheProcessFromEnding() throws Exception {
        Files.writeString(dir.resolve("c.yaml"), """
                sources: [{name: in, type: mem, at: "mem://in/", trouble: make hang}]
                destinations: [{name: out, type: mem, at: "mem://out/"}]
                workflows: [{name: w, source: in, destinations: [out]}]
                """);
        try (ManagedProcess ingest = start("--shutdown-timeout=0s")) {
            ingest.awaitOutput("make hangs", LONG);
            ingest.signal(Signal.TERM);
            assertEquals(1, ingest.exitCode(LONG), ingest.output());
            assertTrue(ingest.output().contains("is ended by force"), ingest.output());
        }
    }

    private static String config() {
        StringBuilder sources = new StringBuilder("sources:\n- {name: good, type: file, path: in}\n");
        StringBuilder destinations = new StringBuilder("""
                destinations:
                - {name: good, type: file, path: out}
                - {name: mem, type: mem, at: "mem://mem/"}
                """);
        sources.append("- {name: mem, type: mem, at: \"mem://in/\"}\n");
        StringBuilder workflows =
                new StringBuilder("workflows:\n- {name: good, source: good, destinations: [good], interval: 1s}\n");
        for (String trouble : SOURCES) {
            String name = "s-" + trouble.replace(' ', '-');
            sources.append(endpoint(name, trouble));
            workflows.append(workflow(name, name, "mem, good"));
        }
        for (String trouble : DESTINATIONS) {
            String name = "d-" + trouble.replace(' ', '-');
            destinations.append(endpoint(name, trouble));
            workflows.append(workflow(name, "mem", name));
            workflows.append(workflow(name + "-2", "mem", name + ", mem"));
        }
        return sources.append(destinations).append(workflows).toString();
    }

    private static String endpoint(String name, String trouble) {
        return "- {name: %s, type: mem, at: \"mem://%s/\", trouble: %s}%n".formatted(name, name, trouble);
    }

    private static String workflow(String name, String source, String destinations) {
        return "- {name: %s, source: %s, destinations: [%s], interval: 1s, concurrency: 2, cleanUp: true}%n"
                .formatted(name, source, destinations);
    }

    private ManagedProcess start(String flag) throws Exception {
        return new IngestProgram(dir)
                .start(
                        "--mode=standalone",
                        "--config=c.yaml",
                        "--listen=127.0.0.1:0",
                        "--queue-endpoint=file:queue.db",
                        flag);
    }
}
