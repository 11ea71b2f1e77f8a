package com.connylabs.ingest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.cli.IngestProgram.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunIT {
    @TempDir
    private Path dir;

    @Test
    void passesOfflineAndTouchesNothing() throws Exception {
        Files.createDirectory(dir.resolve("in"));
        Files.writeString(dir.resolve("in/a"), "a");
        Files.writeString(dir.resolve("c.yaml"), """
                sources:
                - {name: in, type: file, path: "${HERE}/in", metafilesPrefix: meta/}
                destinations:
                - {name: disk, type: file, path: "${HERE}/out"}
                - name: cloud
                  type: s3
                  endpoint: 127.0.0.1:1
                  insecure: true
                  bucket: photos
                  accessKeyID: key
                  secretAccessKey: hush
                workflows:
                - {name: w, source: in, destinations: [disk, cloud], interval: 90s, cleanUp: true}
                """);
        Result result = new IngestProgram(dir)
                .with("HERE", dir.toString())
                .run("--dry-run", "--config=c.yaml", "--log-format=text", "--queue-endpoint=nats://127.0.0.1:1");
        assertEquals(0, result.code(), "exit code; " + result.err());
        assertEquals("""
                workflow w
                  source       in  file://%1$s/in/
                  destination  disk  file://%1$s/out/
                  destination  cloud  s3://127.0.0.1:1/photos/
                  interval     1m30s
                  copying      up to 8 at a time, then removed from the source
                """.formatted(dir), result.out(), "plan");
        for (String warning : new String[] {
            " WARN  c.yaml:2: sources[0].metafilesPrefix: plugin \"file\" does not know this key",
            " WARN  destination cloud (s3://127.0.0.1:1/photos/): ",
            " WARN  queue: cannot connect to the queue at nats://127.0.0.1:1: "
        }) {
            assertTrue(result.err().contains(warning), warning + " in " + result.err());
        }
        assertFalse(result.err().contains("hush"), "a secret must not be shown: " + result.err());
        assertEquals("a", Files.readString(dir.resolve("in/a")), "source");
        assertFalse(Files.exists(dir.resolve("out")), "destination");
    }

    @Test
    void configurationOfTheOriginalsReadmeLoadsUnchanged() throws Exception {
        Files.writeString(dir.resolve("config.yaml"), """
                sources:
                - name: foo_1
                  type: s3
                  endpoint: source.invalid
                  bucket: source
                  prefix: prefix/
                  accessKeyID: key
                  secretAccessKey: secret
                destinations:
                - name: bar_1
                  type: s3
                  endpoint: destination.invalid
                  insecure: true
                  bucket: destination
                  prefix: prefix1/
                  metafilesPrefix: meta/
                  accessKeyID: key
                  secretAccessKey: secret
                workflows:
                - name: foo_1-bar_1
                  source: foo_1
                  destinations:
                  - bar_1
                  batchSize: 1
                  interval: 300s
                  cleanUp: true
                  webhook: http://localhost:8080
                """);
        Result result = new IngestProgram(dir).run("--dry-run=true", "--config=config.yaml", "--log-level=none");
        assertEquals(0, result.code(), "exit code; " + result.err());
        assertEquals("""
                workflow foo_1-bar_1
                  source       foo_1  s3://source.invalid/source/prefix/
                  destination  bar_1  s3://destination.invalid/destination/prefix1/
                  interval     5m
                  copying      up to 1 at a time, then removed from the source, told to the webhook
                """, result.out(), "plan");
    }

    @Test
    void exampleConfigurationLoads() throws Exception {
        Path example = Path.of(System.getProperty("ingest.root"), "config.example.yaml");
        Result result = new IngestProgram(dir).run("--dry-run", "--config=" + example, "--log-level=none");
        assertEquals(0, result.code(), "exit code; " + result.err());
        assertTrue(result.out().startsWith("workflow "), result.out());
    }
}
