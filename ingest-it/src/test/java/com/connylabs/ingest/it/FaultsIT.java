package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be used says what and where; what comes back is used again. */
@Timeout(300)
class FaultsIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private Servers servers;
    private Ingest ingest;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(directory);
        ingest = new Ingest(directory);
        servers.source.put("source", "in/a", new byte[3]);
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    private String once(int code, String config) throws Exception {
        ingest.config(config);
        Ingest.End end = ingest.run("--mode=standalone", "--config=config.yaml", "--once", "--listen=127.0.0.1:0");
        assertEquals(code, end.code(), end.output());
        assertFalse(end.output().contains(servers.destinationServer.secretKey()), end.output());
        assertFalse(end.output().contains("\tat "), "a stack trace:\n" + end.output());
        return end.output();
    }

    @Test
    void wrongCredentialsAreNamed() throws Exception {
        String output = once(1, servers.config().replaceAll("secretAccessKey: .*", "secretAccessKey: wrong"));
        assertTrue(output.contains("check secretAccessKey"), output);
        assertTrue(output.contains(servers.sourceServer.endpoint()), output);
    }

    @Test
    void aMissingBucketIsNamed() throws Exception {
        String output = once(1, servers.config().replace("bucket: two", "bucket: nowhere"));
        assertTrue(output.contains("nowhere"), output);
    }

    @Test
    void anUnreachableEndpointIsNamed() throws Exception {
        String output = once(1, servers.config().replace(servers.destinationServer.endpoint(), "127.0.0.1:1"));
        assertTrue(output.contains("127.0.0.1:1"), output);
    }

    @Test
    void anUnreachableQueueIsNamed() throws Exception {
        ingest.config(servers.config());
        Ingest.End end = ingest.run(
                "--mode=enqueue",
                "--config=config.yaml",
                "--once",
                "--listen=127.0.0.1:0",
                "--queue-endpoint=nats://user:hush@127.0.0.1:1");
        assertEquals(1, end.code(), end.output());
        assertTrue(end.output().contains("127.0.0.1:1"), end.output());
        assertTrue(end.output().contains("--queue-endpoint"), end.output());
        assertFalse(end.output().contains("hush"), end.output());
    }

    @Test
    void aDryRunWarnsOfEverythingThatCannotBeReachedAndSucceeds() throws Exception {
        ingest.config(servers.config().replace(servers.destinationServer.endpoint(), "127.0.0.1:1"));
        Ingest.End end = ingest.run("--dry-run", "--config=config.yaml", "--queue-endpoint=nats://127.0.0.1:2");
        assertEquals(0, end.code(), end.output());
        assertTrue(end.output().contains("127.0.0.1:1"), end.output());
        assertTrue(end.output().contains("127.0.0.1:2"), end.output());
        assertTrue(end.output().contains("work"), end.output());
    }

    @Test
    void anEndpointThatComesBackIsUsedAgainAndReadinessTellsMeanwhile() throws Exception {
        ingest.config(servers.config("interval: 1s"));
        servers.destinationServer.kill();
        try (ManagedProcess process =
                ingest.start("--mode=standalone", "--config=config.yaml", "--listen=127.0.0.1:0")) {
            String base = MetricsIT.base(process);
            Await.until("not ready", LONG, () -> MetricsIT.get(base + "/ready").statusCode() == 503);
            servers.destinationServer.restart();
            Await.until(
                    "ready again", LONG, () -> MetricsIT.get(base + "/ready").statusCode() == 200);
            Await.until("copied", LONG, () -> servers.destination.list("two").size() == 1);
        }
    }

    @Test
    void aQueueThatComesBackIsUsedAgainAndReadinessTellsMeanwhile() throws Exception {
        ingest.config(servers.config("interval: 1s"));
        String queue = "--queue-endpoint=" + servers.nats.url();
        servers.nats.stop();
        try (ManagedProcess process =
                ingest.start("--mode=standalone", "--config=config.yaml", "--listen=127.0.0.1:0", queue)) {
            String base = MetricsIT.base(process);
            Await.until("not ready", LONG, () -> MetricsIT.get(base + "/ready").statusCode() == 503);
            servers.nats.restart();
            Await.until("copied", LONG, () -> servers.destination.list("two").size() == 1);
            servers.nats.kill();
            Await.until("not ready", LONG, () -> MetricsIT.get(base + "/ready").statusCode() == 503);
            servers.nats.restart();
            servers.source.put("source", "in/b", new byte[3]);
            Await.until(
                    "copied again", LONG, () -> servers.destination.list("two").size() == 2);
            Await.until(
                    "ready again", LONG, () -> MetricsIT.get(base + "/ready").statusCode() == 200);
        }
    }
}
