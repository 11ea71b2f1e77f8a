package com.connylabs.ingest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.cli.IngestProgram.Result;
import com.connylabs.ingest.core.queue.ElementHash;
import com.connylabs.ingest.core.queue.embedded.EmbeddedQueue;
import com.connylabs.ingest.core.queue.nats.NatsOptions;
import com.connylabs.ingest.core.queue.nats.NatsQueue;
import com.connylabs.ingest.core.wire.CodecJson;
import com.connylabs.ingest.testkit.nats.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator looks at what was given up on, while the queue is in use. */
@Timeout(180)
class DeadLettersIT {
    private static final String HOSTILE = "x\u001b[2J\nü\u202e" + "long".repeat(500);

    @TempDir
    private Path dir;

    private String endpoint = "";

    @Test
    void onNats() throws Exception {
        try (NatsServer server = NatsServer.start(dir.resolve("nats"));
                NatsQueue queue = NatsQueue.connect(NatsOptions.of(server.url()))) {
            endpoint = server.url();
            listShowReplayAndPurge(queue);
        }
    }

    @Test
    void onTheEmbeddedQueue() throws Exception {
        endpoint = "file:" + dir.resolve("queue.db");
        try (Queue queue = EmbeddedQueue.open(dir.resolve("queue.db"), Map.of())) {
            listShowReplayAndPurge(queue);
        }
    }

    @Test
    void theCommandThatARunAdvisesFindsItsQueue() throws Exception {
        Files.writeString(Files.createDirectory(dir.resolve("in")).resolve("a"), "a");
        Files.createDirectories(dir.resolve("out/a/in the way"));
        Files.writeString(dir.resolve("c.yaml"), """
                sources: [{name: in, type: file, path: "%1$s/in"}]
                destinations: [{name: out, type: file, path: "%1$s/out"}]
                workflows: [{name: w, source: in, destinations: [out], attempts: 1}]
                """.formatted(dir));
        Result run =
                new IngestProgram(dir).run("--mode=standalone", "--once", "--config=c.yaml", "--listen=127.0.0.1:0");
        assertEquals(1, run.code(), run.err());
        String advice = "dead-letters list --queue-endpoint='file:ingest-queue.db'";
        assertTrue(run.out().contains("see ingest " + advice), run.out());
        assertTrue(run.err().contains("see ingest " + advice), run.err());
        Result list = new IngestProgram(dir).run(advice.replace("'", "").split(" "));
        assertTrue(list.out().endsWith("1 dead letter\n"), list.out() + list.err());
    }

    private void listShowReplayAndPurge(Queue queue) throws Exception {
        assertEquals("0 dead letters\n", succeed("list").out(), "an empty list");
        bury(queue, "photos", "a", CodecJson.encode(Codec.of("a", "a")));
        bury(queue, "photos", HOSTILE, CodecJson.encode(Codec.of(HOSTILE, "x")));
        bury(queue, "videos", "b", new byte[] {'{', (byte) 0xFF});

        List<String> list = succeed("list").out().lines().toList();
        assertTrue(list.get(0).matches("workflow +hash +destination +attempts +last +id +reason"), list.get(0));
        assertEquals("3 dead letters", list.get(4), "count");
        assertEquals(list.get(0).indexOf("hash"), list.get(3).indexOf(ElementHash.of("b")), "alignment");
        assertTrue(list.get(2).contains("x\\u001b[2J\\nü\\u202elonglong"), list.get(2));
        assertTrue(list.get(2).endsWith("longlong  refused\\nfor good"), list.get(2));
        assertEquals(
                1,
                succeed("list", "--workflow=photos", "--output=json")
                        .out()
                        .lines()
                        .filter(line -> line.contains("\"text\":\"{\\\"id\\\":\\\"a\\\","))
                        .count(),
                "lines of JSON with the decoded message of a");

        String hash = ElementHash.of(HOSTILE);
        String shown = succeed("show", "-id=" + hash).out();
        assertTrue(shown.contains("\nhash         " + hash + "\n"), shown);
        assertTrue(succeed("show", "--workflow=videos", "--id=b").out().contains("\nbase64       e/8=\n"), "binary");
        Result none = run("show", "--workflow=videos", "--id=a");
        assertEquals(1, none.code(), "exit code");
        assertEquals("ingest: no dead letter of a in workflow videos; see ingest dead-letters list\n", none.err());

        assertEquals(
                "1 dead letter replayed\n", succeed("replay", "--id=" + hash).out(), "replay of one");
        assertEquals(1, queue.outstanding("photos"), "outstanding");
        assertTrue(CodecJson.read(take(queue, "photos").data()).replayed(), "the mark");
        assertEquals(
                "1 dead letter replayed\n",
                succeed("replay", "-workflow", "videos", "-all").out(),
                "replay of all");
        assertEquals(2, take(queue, "videos").data().length, "what nobody can read is as it was");
        assertEquals("1 dead letter purged\n", succeed("purge", "--all").out(), "purge");
        assertEquals("0 dead letters\n", succeed("list").out(), "the list at the end");
        assertEquals("0 dead letters replayed\n", succeed("replay", "--all").out(), "replay of nothing");
        assertEquals(1, run("purge", "--id=a").code(), "purge of what is not there");
    }

    @Test
    void aQueueThatIsNotThereIsAnErrorAndIsNotMade() throws Exception {
        endpoint = "file:" + dir.resolve("none.db");
        Result result = run("list");
        assertEquals(1, result.code(), "exit code");
        assertEquals("ingest: there is no queue " + dir.resolve("none.db") + "; see --queue-endpoint\n", result.err());
        assertFalse(Files.exists(dir.resolve("none.db")), "made");
        endpoint = "nats://user:hush@127.0.0.1:1";
        Result refused = run("list");
        assertEquals(1, refused.code(), "exit code");
        assertTrue(
                refused.err().startsWith("ingest: cannot connect to the queue at nats://127.0.0.1:1"), refused.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replay | say which: --id=ID or --all",
                "purge --workflow=w | say which: --id=ID or --all",
                "purge --id=a --all | --id and --all exclude each other",
                "show | Missing required option: '--id=ID'",
                "list --output=xml | Invalid value for option '--output': expected text, json, found \"xml\"",
                "list --workflow=a.b | workflow name \"a.b\": only letters, digits, _ and - are allowed, and at least"
                        + " one of them",
                "list --mode=enqueue | Unknown option: '--mode=enqueue'",
            })
    void wrongUseIsOneLineAndExitCode2(String args, String message) throws Exception {
        endpoint = "file:" + dir.resolve("none.db");
        Result result = run(args.split(" "));
        assertEquals(2, result.code(), "exit code; " + result.err());
        assertEquals("ingest: " + message + "; see --help\n", result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show", "replay", "purge"})
    void helpIsEnoughToUseThem(String command) throws Exception {
        Result result = new IngestProgram(dir).run("dead-letters", command, "--help");
        assertEquals(0, result.code(), "exit code");
        for (String text : List.of("--workflow=NAME", "--queue-endpoint=URL", "Exit codes: 0 done")) {
            assertTrue(result.out().contains(text), text + " in " + result.out());
        }
    }

    private Result run(String... args) throws Exception {
        String[] all = new String[args.length + 2];
        all[0] = "dead-letters";
        System.arraycopy(args, 0, all, 1, args.length);
        all[args.length + 1] = "--queue-endpoint=" + endpoint;
        return new IngestProgram(dir).run(all);
    }

    private Result succeed(String... args) throws Exception {
        Result result = run(args);
        assertEquals(0, result.code(), result.err());
        assertEquals("", result.err(), "standard error");
        return result;
    }

    private static Message take(Queue queue, String workflow) throws Exception {
        try (Subscription subscription = queue.subscribe(workflow)) {
            List<Message> messages = subscription.pop(1, Duration.ofSeconds(20));
            assertEquals(1, messages.size(), "messages of " + workflow);
            return messages.get(0);
        }
    }

    private static void bury(Queue queue, String workflow, String id, byte[] data) throws Exception {
        queue.publish(workflow, id, data).get();
        take(queue, workflow)
                .term(new DeadLetter(
                        workflow, id, data, Optional.of("out"), "refused\nfor good", 3, Instant.EPOCH, Instant.now()));
    }
}
