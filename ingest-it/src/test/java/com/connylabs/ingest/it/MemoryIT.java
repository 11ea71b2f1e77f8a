package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.testkit.ManagedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** One object that is much larger than the heap goes to three destinations. */
@Timeout(1200)
class MemoryIT {
    private static final int PART = 64 * Objects.MIB;
    private static final int PARTS = 16;

    @TempDir
    private Path directory;

    @Test
    void aGibibyteGoesToThreeDestinationsWithAHeapOf128Mebibytes() throws Exception {
        try (Servers servers = new Servers(directory)) {
            servers.destinationServer.createBucket("three");
            putLarge(servers.source);
            Ingest ingest = new Ingest(directory, "-Xmx128m");
            ingest.config("sources:\n" + servers.source.yaml("origin", "source")
                    + "destinations:\n" + servers.destination.yaml("a", "one")
                    + servers.destination.yaml("b", "two") + servers.destination.yaml("c", "three")
                    + "workflows:\n- {name: work, source: origin, destinations: [a, b, c]}\n");
            try (ManagedProcess process =
                    ingest.start("--mode=standalone", "--config=config.yaml", "--once", "--listen=127.0.0.1:0")) {
                Peak peak = new Peak(process.pid());
                int code = peak.watch(process);
                assertEquals(0, code, process.output());
                System.out.println("1 GiB to three destinations with -Xmx128m: peak resident memory "
                        + peak.kibibytes / 1024 + " MiB");
            }
            String expected = digest(servers.source, "source");
            for (String bucket : new String[] {"one", "two", "three"}) {
                assertEquals(expected, digest(servers.destination, bucket), bucket);
            }
        }
    }

    /** The most memory that a process had resident, as its kernel counts it. */
    private static final class Peak {
        private final Path status;
        private long kibibytes;

        Peak(long pid) {
            status = Path.of("/proc", String.valueOf(pid), "status");
        }

        int watch(ManagedProcess process) throws InterruptedException {
            while (true) {
                read();
                if (!process.alive()) {
                    return process.exitCode(Duration.ofSeconds(1));
                }
                try {
                    return process.exitCode(Duration.ofMillis(200));
                } catch (AssertionError stillRunning) {
                    // look again
                }
            }
        }

        private void read() {
            try {
                for (String line : Files.readAllLines(status)) {
                    if (line.startsWith("VmHWM:")) {
                        kibibytes = Long.parseLong(line.replaceAll("\\D", ""));
                    }
                }
            } catch (IOException ended) {
                // keeps what was read last
            }
        }
    }

    private static void putLarge(Store store) {
        Random random = new Random(1);
        String upload = store.client()
                .createMultipartUpload(request -> request.bucket("source").key("large"))
                .uploadId();
        CompletedPart[] parts = new CompletedPart[PARTS];
        byte[] bytes = new byte[PART];
        for (int i = 0; i < PARTS; i++) {
            int number = i + 1;
            random.nextBytes(bytes);
            String tag = store.client()
                    .uploadPart(
                            request -> request.bucket("source")
                                    .key("large")
                                    .uploadId(upload)
                                    .partNumber(number),
                            RequestBody.fromBytes(bytes))
                    .eTag();
            parts[i] = CompletedPart.builder().partNumber(number).eTag(tag).build();
        }
        store.client().completeMultipartUpload(request -> request.bucket("source")
                .key("large")
                .uploadId(upload)
                .multipartUpload(done -> done.parts(parts)));
    }

    private static String digest(Store store, String bucket) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream body = new DigestInputStream(
                store.client().getObject(request -> request.bucket(bucket).key("large")), digest)) {
            body.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
