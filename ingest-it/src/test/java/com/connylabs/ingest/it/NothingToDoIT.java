package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.nats.NatsServer;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing has changed, listings are all that is asked for; and what has changed is found. */
@Timeout(300)
class NothingToDoIT {
    private static final int OBJECTS = 5_500;
    private static final int PAGES = 2 * (OBJECTS / 1000 + 1);

    @TempDir
    private Path directory;

    private NatsServer nats;
    private S3Stub stub;
    private Ingest ingest;

    @BeforeEach
    void start() throws Exception {
        nats = NatsServer.start(Files.createDirectories(directory.resolve("nats")));
        stub = S3Stub.start("source", "destination");
        ingest = new Ingest(directory);
        for (int i = 0; i < OBJECTS; i++) {
            put("source", "in/" + name(i), "content " + i);
            put("destination", "out/" + name(i), "content " + i);
        }
    }

    @AfterEach
    void stop() {
        stub.close();
        nats.close();
    }

    @Test
    void anUnchangedBucketCostsItsListingsAndAChangedObjectIsFound() throws Exception {
        config("prefix: out");
        Ingest.End first = run("enqueue");
        assertEquals(String.valueOf(OBJECTS), first.summary("present"), first.output());
        assertEquals("0", first.summary("queued"), first.output());
        assertTrue(stub.requests().size() <= PAGES + 2, stub.requests().size() + " requests for " + PAGES + " pages");

        put("source", "in/" + name(4_321), "changed");
        put("source", "in/new", "new");
        stub.forgetRequests();
        Ingest.End second = run("standalone");
        assertEquals(String.valueOf(OBJECTS - 1), second.summary("present"), second.output());
        assertEquals("2", second.summary("copied"), second.output());
        assertContent("changed", "out/" + name(4_321));
        assertContent("new", "out/new");

        stub.forgetRequests();
        Ingest.End third = run("standalone");
        assertEquals("0", third.summary("queued"), third.output());
        assertEquals(0, stub.count("HeadObject"), "looks");
    }

    @Test
    void aDestinationThatCannotBeListedDoesNotStopTheEnqueuer() throws Exception {
        config("prefix: out");
        stub.inject(
                1000,
                request -> request.operation().equals("ListObjectsV2")
                        && request.bucket().equals("destination"),
                new com.connylabs.ingest.testkit.s3.Fault.Status(403, "AccessDenied"));
        Ingest.End end = run("enqueue");
        assertEquals(0, end.code(), end.output());
        assertEquals(String.valueOf(OBJECTS), end.summary("queued"), end.output());
        assertEquals(1, end.output().split("cannot compare with", -1).length - 1, end.output());
    }

    private Ingest.End run(String mode) throws Exception {
        try (ManagedProcess process = ingest.start(
                "--mode=" + mode,
                "--config=config.yaml",
                "--once",
                "--listen=127.0.0.1:0",
                "--queue-endpoint=" + nats.url())) {
            int code = process.exitCode(Duration.ofMinutes(2));
            assertEquals(0, code, process.output());
            return new Ingest.End(code, process.output());
        }
    }

    private void config(String... destinationLines) throws Exception {
        String store = "{type: s3, insecure: true, recursive: true, endpoint: \"" + stub.endpoint()
                + "\", accessKeyID: " + stub.accessKey() + ", secretAccessKey: " + stub.secretKey() + ", ";
        ingest.config("sources:\n- " + store + "name: origin, bucket: source, prefix: in/}\n"
                + "destinations:\n- " + store + "name: copy, bucket: destination, "
                + String.join(", ", destinationLines) + "}\n"
                + "workflows:\n- {name: work, source: origin, destinations: [copy], concurrency: 32}\n");
    }

    private void put(String bucket, String key, String content) {
        stub.put(bucket, key, content.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private void assertContent(String expected, String key) {
        assertArrayEquals(
                expected.getBytes(StandardCharsets.UTF_8),
                stub.object("destination", key).orElseThrow().body(),
                key);
    }

    private static String name(int number) {
        return "%02d/object-%05d".formatted(number % 7, number);
    }
}
