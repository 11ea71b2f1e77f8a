package com.connylabs.ingest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.cli.IngestProgram.Result;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineIT {
    @TempDir
    private Path dir;

    @BeforeEach
    void writeConfig() throws Exception {
        Files.createDirectory(dir.resolve("in"));
        Files.writeString(dir.resolve("c.yaml"), """
                sources: [{name: in, type: file, path: "%1$s/in"}]
                destinations: [{name: out, type: file, path: "%1$s/out"}]
                workflows: [{name: w, source: in, destinations: [out]}]
                """.formatted(dir));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "-help"})
    void helpIsEnoughToUseIt(String flag) throws Exception {
        Result result = run(flag);
        assertEquals(0, result.code(), "exit code");
        assertEquals("", result.err(), "standard error");
        for (String text : List.of("--mode=MODE", "--queue-endpoint=URL", "Examples:", "Exit codes: 0 done")) {
            assertTrue(result.out().contains(text), text + " in " + result.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-version"})
    void versionIsThatOfTheBuild(String flag) throws Exception {
        Result result = run(flag);
        assertEquals(0, result.code(), "exit code");
        assertTrue(result.out().matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R"), result.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--config=c.yaml | --mode is missing: enqueue, dequeue or standalone",
                "--mode=copy | Invalid value for option '--mode': expected enqueue, dequeue, standalone, found \"copy\"",
                "-mode=copy | Invalid value for option '--mode': expected enqueue, dequeue, standalone, found \"copy\"",
                "--moed=enqueue | Unknown option: '--moed=enqueue'; did you mean --mode?",
                "enqueue | Unmatched argument at index 0: 'enqueue'",
                "--log-level=loud | Invalid value for option '--log-level': expected all, debug, info, warn, error,"
                        + " none, found \"loud\"",
                "--shutdown-timeout=5x | Invalid value for option '--shutdown-timeout': expected a duration such as 30s"
                        + " or 1m, found \"5x\"",
                "--listen=9090 | an address to listen on is HOST:PORT or :PORT",
                "--stream=a.b | stream \"a.b\": spaces, *, > and (but for subjects) dots are not allowed",
                "--nats-cert=c.yaml | a client certificate needs its key, and the key its certificate",
                "--nats-creds=none | --nats-creds: none does not exist or may not be read",
                "--strict-workflows=perhaps | Invalid value for option '--strict-workflows': 'perhaps' is not a boolean",
            })
    void wrongUseIsOneLineAndExitCode2(String flag, String message) throws Exception {
        Result result = run(flag);
        assertEquals(2, result.code(), "exit code; " + result.err());
        assertEquals("ingest: " + message + "; see --help\n", result.err(), "standard error");
        assertEquals("", result.out(), "standard output");
    }

    @Test
    void queueThatCannotBeReachedIsOneLineAndExitCode1() throws Exception {
        Result result = run(
                "--mode=enqueue",
                "--once",
                "--config=c.yaml",
                "--listen=127.0.0.1:0",
                "--log-level=error",
                "--queue-endpoint=nats://user:hush@127.0.0.1:1");
        assertEquals(1, result.code(), "exit code; " + result.err());
        assertTrue(
                result.err().startsWith("ingest: cannot connect to the queue at nats://127.0.0.1:1: "), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertFalse(result.err().contains("hush"), "the password must not be shown: " + result.err());
    }

    @Test
    void missingDirectoryIsOneLineAndExitCode1() throws Exception {
        Files.delete(dir.resolve("in"));
        Result result =
                run("--mode=standalone", "--once", "--config=c.yaml", "--listen=127.0.0.1:0", "--log-level=error");
        assertEquals(1, result.code(), "exit code; " + result.err());
        assertTrue(result.err().startsWith("ingest: source in (file://" + dir + "/in/): "), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void portInUseIsOneLineAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Result result = run(
                    "--mode=standalone", "--config=c.yaml", "--listen=:" + taken.getLocalPort(), "--log-level=error");
            assertEquals(1, result.code(), "exit code; " + result.err());
            assertEquals(
                    "ingest: cannot listen on :" + taken.getLocalPort()
                            + " (Address already in use); choose another with --listen\n",
                    result.err(),
                    "standard error");
        }
    }

    @Test
    void standaloneOnceCopiesAndPrintsTheSummaryOnly() throws Exception {
        Files.writeString(dir.resolve("in/a b+c%2F.txt"), "hello");
        Files.createDirectory(dir.resolve("out"));
        Result result = run("-mode", "standalone", "-once=true", "-config", "c.yaml", "-listen", "127.0.0.1:0");
        assertEquals(0, result.code(), "exit code; " + result.err());
        assertEquals("hello", Files.readString(dir.resolve("out/a b+c%2F.txt")), "copy");
        assertTrue(
                result.out()
                        .replaceAll(" +", " ")
                        .startsWith(
                                "workflow listed present queued copied size skipped gone given up time\nw 1 0 1 1 5 B 0 0 0 "),
                result.out());
        assertTrue(result.err().lines().allMatch(line -> line.startsWith("{\"ts\":\"")), "JSON lines: " + result.err());
    }

    @Test
    void pluginDirectoriesAreGivenWithCommasOrRepeated() throws Exception {
        Files.writeString(
                dir.resolve("d.yaml"),
                Files.readString(dir.resolve("c.yaml")).replace("in, type: file", "in, type: x"));
        Result result = run("--dry-run", "--config=d.yaml", "--plugins=a,b", "--plugins", "c");
        assertEquals(2, result.code(), "exit code; " + result.err());
        assertTrue(
                result.err()
                        .contains(
                                "looked in %1$s/a (does not exist), %1$s/b (does not exist), %1$s/c (does not exist), "
                                        .formatted(dir)),
                result.err());
    }

    @Test
    void withoutStrictnessAWorkflowThatCannotStartIsLeftOut() throws Exception {
        Files.writeString(dir.resolve("in/a"), "a");
        Files.writeString(dir.resolve("c.yaml"), """
                sources: [{name: in, type: file, path: "%1$s/in"}]
                destinations: [{name: bad, type: missing}, {name: out, type: file, path: "%1$s/out"}]
                workflows:
                - {name: x, source: in, destinations: [bad]}
                - {name: w, source: in, destinations: [out]}
                """.formatted(dir));
        Result strict = run("--dry-run", "--config=c.yaml", "--log-format=text");
        assertEquals(2, strict.code(), strict.err());
        Result lenient = run("--dry-run", "--config=c.yaml", "--log-format=text", "--strict-workflows=false");
        assertEquals(0, lenient.code(), lenient.err());
        assertTrue(lenient.out().startsWith("workflow w\n") && !lenient.out().contains("workflow x"), lenient.out());
        assertTrue(
                lenient.err().contains("ERROR workflow left out: c.yaml:2: destinations[0].type: there is no plugin"),
                lenient.err());
    }

    @Test
    void endpointOfTheQueueMayComeFromTheEnvironment() throws Exception {
        Result result = new IngestProgram(dir)
                .with("INGEST_QUEUE_ENDPOINT", "nats://user:hush@127.0.0.1:1")
                .run("--mode=enqueue", "--once", "--config=c.yaml", "--listen=127.0.0.1:0", "--log-level=error");
        assertEquals(1, result.code(), "exit code; " + result.err());
        assertTrue(
                result.err().startsWith("ingest: cannot connect to the queue at nats://127.0.0.1:1: "), result.err());
    }

    private Result run(String... args) throws Exception {
        return new IngestProgram(dir).run(args);
    }
}
