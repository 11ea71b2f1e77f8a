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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignalsIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path dir;

    @BeforeEach
    void writePlugin() throws Exception {
        TestPlugin.jar().write(dir.resolve("plugins/mem.jar"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"TERM", "INT"})
    void oneSignalEndsInOrderWithExitCode0(Signal signal) throws Exception {
        writeConfig("");
        try (ManagedProcess ingest = start("--queue-endpoint=file:queue.db")) {
            ingest.awaitOutput("source listed", LONG);
            ingest.signal(signal);
            assertEquals(0, ingest.exitCode(LONG), ingest.output());
        }
    }

    @Test
    void signalWhileWaitingForTheQueueEndsToo() throws Exception {
        writeConfig("");
        try (ManagedProcess ingest = start("--queue-endpoint=nats://127.0.0.1:1")) {
            ingest.awaitOutput("trying again until it works", LONG);
            ingest.signal(Signal.TERM);
            assertEquals(0, ingest.exitCode(LONG), ingest.output());
        }
    }

    @Test
    void secondSignalEndsAtOnce() throws Exception {
        writeConfig(", trouble: download hang");
        try (ManagedProcess ingest = start("--queue-endpoint=file:queue.db", "--shutdown-timeout=1h")) {
            ingest.awaitOutput("download hangs", LONG);
            ingest.signal(Signal.TERM);
            ingest.awaitOutput("stopping because of SIGTERM", LONG);
            ingest.signal(Signal.TERM);
            assertEquals(1, ingest.exitCode(LONG), ingest.output());
        }
    }

    @Test
    void endsThoughNobodyReadsTheLog() throws Exception {
        writeConfig("");
        StringBuilder many =
                new StringBuilder(Files.readString(dir.resolve("c.yaml")).strip());
        many.setLength(many.length() - 1);
        for (int i = 0; i < 1_000; i++) { // each says that it is left out, which fills the pipe
            many.append(", {name: w")
                    .append(i)
                    .append(", source: in, destinations: [none")
                    .append(i)
                    .append("]}");
        }
        Files.writeString(
                dir.resolve("c.yaml"),
                many.append("]\n").toString().replace("destinations: [{", "destinations: [" + unknown(1_000) + "{"));
        Process ingest = new IngestProgram(dir)
                .startUnread(
                        "--mode=standalone",
                        "--config=c.yaml",
                        "--listen=127.0.0.1:0",
                        "--strict-workflows=false",
                        "--shutdown-timeout=0s");
        try {
            Await.until("the pipe is full", LONG, () -> ingest.getErrorStream().available() >= 48_000);
            ingest.toHandle().destroy(); // which leaves the pipe open
            assertTrue(ingest.waitFor(90, TimeUnit.SECONDS), "ends");
            assertEquals(1, ingest.exitValue(), "exit code");
        } finally {
            ingest.destroyForcibly();
        }
    }

    private static String unknown(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{name: none" + i + ", type: nothing" + i + "}, ")
                .collect(Collectors.joining());
    }

    private ManagedProcess start(String... flags) throws Exception {
        String[] args = new String[flags.length + 3];
        System.arraycopy(flags, 0, args, 0, flags.length);
        args[flags.length] = "--mode=standalone";
        args[flags.length + 1] = "--config=c.yaml";
        args[flags.length + 2] = "--listen=127.0.0.1:0";
        return new IngestProgram(dir).start(args);
    }

    private void writeConfig(String sourceKeys) throws Exception {
        Files.writeString(dir.resolve("c.yaml"), """
                sources: [{name: in, type: mem, at: "mem://in/"%s}]
                destinations: [{name: out, type: mem, at: "mem://out/"}]
                workflows: [{name: w, source: in, destinations: [out]}]
                """.formatted(sourceKeys));
    }
}
