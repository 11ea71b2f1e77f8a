package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects go from one S3 endpoint to two buckets of another, the ways that the README shows. */
@Timeout(600)
class PipelineIT {
    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir
    private Path directory;

    private Servers servers;
    private Ingest ingest;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(directory);
        ingest = new Ingest(directory);
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    private String queue() {
        return "--queue-endpoint=" + servers.nats.url();
    }

    private Ingest.End succeed(String... arguments) throws Exception {
        Ingest.End end = ingest.run(arguments);
        assertEquals(0, end.code(), end.output());
        return end;
    }

    @Test
    void enqueueOnceThenDequeueOnceCopiesThreeThousandObjects() throws Exception {
        Objects objects = Objects.many(3000);
        objects.putInto(servers.source, "source", "in/");
        try (Receiver receiver = new Receiver()) {
            ingest.config(servers.config("webhook: " + receiver.url(), "concurrency: 16"));
            succeed("--mode=enqueue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue());
            succeed("--mode=dequeue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue());
            objects.assertIn(servers.destination, "one", "copy/");
            objects.assertIn(servers.destination, "two", "");
            Set<String> expected = objects.lengths().keySet().stream()
                    .map(key -> "s3://one/copy/" + key)
                    .collect(Collectors.toSet());
            assertEquals(expected, Set.copyOf(receiver.uris()));
            assertEquals(3000, receiver.uris().size(), "each URI is told once when nothing fails");

            succeed("--mode=enqueue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue());
            Ingest.End second =
                    succeed("--mode=dequeue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue());
            assertEquals(
                    3000, receiver.uris().size(), "the second run told the webhook something:\n" + second.output());
            assertEquals("0", second.summary("copied"), second.output());
        }
    }

    @Test
    void longRunningProcessesCopyWhicheverStartsFirst() throws Exception {
        Objects objects = new Objects();
        for (int i = 0; i < 200; i++) {
            objects.add("first/" + i, i);
        }
        objects.putInto(servers.source, "source", "in/");
        ingest.config(servers.config("interval: 1s"));
        try (ManagedProcess dequeuer =
                ingest.start("--mode=dequeue", "--config=config.yaml", "--listen=127.0.0.1:0", queue())) {
            dequeuer.awaitOutput("listening", LONG);
            try (ManagedProcess enqueuer =
                    ingest.start("--mode=enqueue", "--config=config.yaml", "--listen=127.0.0.1:0", queue())) {
                awaitKeys("two", 200);
                // What comes later is found by a later listing.
                objects.add("later", 17);
                objects.putInto(servers.source, "source", "in/");
                awaitKeys("two", 201);
                endsOnRequest(enqueuer, Signal.TERM);
            }
            endsOnRequest(dequeuer, Signal.INT);
        }
        objects.assertIn(servers.destination, "one", "copy/");
        objects.assertIn(servers.destination, "two", "");
    }

    @Test
    void theEnqueuerMayComeFirst() throws Exception {
        Objects objects = new Objects();
        objects.add("a", 5);
        objects.putInto(servers.source, "source", "in/");
        ingest.config(servers.config("interval: 1h"));
        try (ManagedProcess enqueuer =
                ingest.start("--mode=enqueue", "--config=config.yaml", "--listen=127.0.0.1:0", queue())) {
            enqueuer.awaitOutput("listed", LONG);
            try (ManagedProcess dequeuer =
                    ingest.start("--mode=dequeue", "--config=config.yaml", "--listen=127.0.0.1:0", queue())) {
                awaitKeys("two", 1);
                endsOnRequest(dequeuer, Signal.TERM);
            }
            endsOnRequest(enqueuer, Signal.TERM);
        }
        objects.assertIn(servers.destination, "one", "copy/");
    }

    private void awaitKeys(String bucket, int count) throws InterruptedException {
        Await.until(
                count + " objects in " + bucket,
                LONG,
                () -> servers.destination.list(bucket).size() == count);
    }

    private static void endsOnRequest(ManagedProcess process, Signal signal) throws Exception {
        process.signal(signal);
        assertEquals(0, process.exitCode(Duration.ofSeconds(40)), process.output());
    }

    @Test
    void theEmbeddedQueueDoesTheSame() throws Exception {
        Objects objects = Objects.many(300);
        objects.putInto(servers.source, "source", "in/");
        ingest.config(servers.config());
        String queue = "--queue-endpoint=file:" + directory.resolve("queue.db");
        succeed("--mode=enqueue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue);
        succeed("--mode=dequeue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue);
        objects.assertIn(servers.destination, "one", "copy/");
        objects.assertIn(servers.destination, "two", "");
    }

    @Test
    void standaloneDoesTheSameInOneProcess() throws Exception {
        Objects objects = Objects.many(300);
        objects.putInto(servers.source, "source", "in/");
        ingest.config(servers.config());
        succeed("--mode=standalone", "--config=config.yaml", "--once", "--listen=127.0.0.1:0");
        objects.assertIn(servers.destination, "one", "copy/");
        objects.assertIn(servers.destination, "two", "");
        Ingest.End second = succeed("--mode=standalone", "--config=config.yaml", "--once", "--listen=127.0.0.1:0");
        assertEquals("0", second.summary("copied"), second.output());
    }

    @Test
    void cleaningUpEmptiesTheSource() throws Exception {
        Objects objects = Objects.many(100);
        objects.putInto(servers.source, "source", "in/");
        ingest.config(servers.config("cleanUp: true"));
        succeed("--mode=enqueue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue());
        succeed("--mode=dequeue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue());
        objects.assertIn(servers.destination, "one", "copy/");
        objects.assertIn(servers.destination, "two", "");
        assertEquals(Map.of(), servers.source.list("source"));
    }

    @Test
    void markersAreWrittenWhereAskedForAndOutliveTheObjects() throws Exception {
        servers.source.put("source", "in/a.txt", new byte[3]);
        servers.source.put("source", "in/b/c.txt", new byte[4]);
        ingest.config("sources:\n" + servers.source.yaml("origin", "source", "prefix: in", "recursive: true")
                + "destinations:\n"
                + servers.destination.yaml("first", "one", "prefix: copy/", "metafilesPrefix: meta/")
                + "workflows:\n- {name: work, source: origin, destinations: [first]}\n");
        succeed("--mode=standalone", "--config=config.yaml", "--once", "--listen=127.0.0.1:0");
        assertEquals(
                Set.of("copy/a.txt", "copy/b/c.txt", "meta/a.txt.done", "meta/b/c.txt.done"),
                servers.destination.list("one").keySet());
        assertEquals(
                "text/plain",
                servers.destination.get("one", "meta/a.txt.done").response().contentType());

        servers.destination.client().deleteObject(request -> request.bucket("one")
                .key("copy/a.txt"));
        succeed("--mode=standalone", "--config=config.yaml", "--once", "--listen=127.0.0.1:0");
        assertEquals(
                Set.of("copy/b/c.txt", "meta/a.txt.done", "meta/b/c.txt.done"),
                servers.destination.list("one").keySet());
    }

    @Test
    void aChangedObjectIsCopiedAgain() throws Exception {
        ingest.config(servers.config());
        servers.source.put("source", "in/a", new byte[] {1, 2, 3});
        succeed("--mode=standalone", "--config=config.yaml", "--once", "--listen=127.0.0.1:0");
        servers.source.put("source", "in/a", new byte[] {3, 2, 1});
        succeed("--mode=standalone", "--config=config.yaml", "--once", "--listen=127.0.0.1:0");
        assertEquals(3, servers.destination.get("two", "a").asByteArray()[0]);
    }
}
