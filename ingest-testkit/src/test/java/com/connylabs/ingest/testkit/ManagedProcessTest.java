package com.connylabs.ingest.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ManagedProcessTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path temp;

    @Test
    void outputAndExitCodeAreKept() throws Exception {
        try (ManagedProcess process = shell("echo out; echo err >&2; exit 7")) {
            assertEquals(7, process.exitCode(SOON), "exit code");
            assertEquals("out\nerr\n", process.output(), "both outputs");
        }
    }

    @Test
    void signalsArrive() throws Exception {
        try (ManagedProcess process =
                shell("trap 'echo caught; exit 3' TERM; echo ready; while :; do sleep 0.05; done")) {
            process.awaitOutput("ready", SOON);
            process.signal(Signal.STOP);
            process.signal(Signal.TERM);
            assertThrows(
                    AssertionError.class, () -> process.exitCode(Duration.ofMillis(300)), "held processes do not end");
            process.signal(Signal.CONT);
            assertEquals(3, process.exitCode(SOON), "exit code of the trap");
            assertTrue(process.output().contains("caught"), "the trap ran");
        }
    }

    @Test
    void closeKillsChildrenToo() throws Exception {
        ManagedProcess process = shell("sleep 300 & echo child=$!; wait");
        process.awaitOutput("child=", SOON);
        long child = Long.parseLong(process.output().strip().substring("child=".length()));
        ProcessHandle handle = ProcessHandle.of(child).orElseThrow();

        process.close();
        process.close();

        assertFalse(process.alive(), "the process runs after close");
        Await.until("the end of the child", SOON, () -> !handle.isAlive());
    }

    @Test
    void anEndWithoutTheAwaitedOutputFailsAtOnce() throws Exception {
        try (ManagedProcess process = shell("echo something else")) {
            var error = assertThrows(AssertionError.class, () -> process.awaitOutput("never", SOON));
            assertTrue(error.getMessage().contains("something else"), "the message has the output: " + error);
        }
    }

    @Test
    void awaitSaysWhatWasAwaitedAndWhy() {
        var error = assertThrows(
                AssertionError.class,
                () -> Await.until("rain", Duration.ofMillis(20), () -> {
                    throw new IOException("no clouds");
                }));
        assertTrue(error.getMessage().contains("rain"), "names what was awaited: " + error);
        assertEquals("no clouds", String.valueOf(error.getCause().getMessage()), "the last reason");
    }

    private ManagedProcess shell(String script) throws IOException {
        return ManagedProcess.start(temp.resolve("out.log"), "sh", "-c", script);
    }
}
