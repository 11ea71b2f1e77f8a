package com.connylabs.ingest.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.bench.peer.BareCopy;
import com.connylabs.ingest.testkit.ManagedProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stub's process, with the SDK as its client. */
@Timeout(120)
class StubTest {
    private static final long LARGE = (17 << 20) + 5;

    @TempDir
    private Path directory;

    @Test
    void everyByteThatArrivesIsCompared() throws Exception {
        try (Stub source = Stub.start(directory, "source");
                Stub destination = Stub.start(directory, "destination")) {
            source.fill("small", "object", 3, 4096);
            source.fill("large", "object", 2, LARGE);
            for (String bucket : List.of("small", "large")) {
                Route route = new Route(source, List.of(destination), bucket, 2);
                try (ManagedProcess copy = ManagedProcess.start(directory.resolve("copy.log"), bare(route))) {
                    destination.awaitStored(bucket, bucket.equals("small") ? 3 : 2, List.of(copy));
                }
            }
            destination.verify("small", 3, 4096);
            destination.verify("large", 2, LARGE);
            assertEquals(3, source.counts("small").get("GetObject"));
            assertEquals(2 * LARGE, source.counts("large").get("bytes-out"));
            assertEquals(6, destination.counts("large").get("UploadPart"));
        }
    }

    /** As MinIO's client sends them. */
    @Test
    void bodiesInChunksAreReadWithoutWhatIsBetweenThem() throws Exception {
        try (Stub stub = Stub.start(directory, "stub")) {
            HttpRequest put = HttpRequest.newBuilder(URI.create("http://" + stub.endpoint() + "/bucket/key"))
                    .header("x-amz-decoded-content-length", "5")
                    .PUT(HttpRequest.BodyPublishers.ofString(String.join(
                            "\r\n",
                            List.of(
                                    "3;chunk-signature=a",
                                    "hel",
                                    "2;chunk-signature=b",
                                    "lo",
                                    "0;chunk-signature=c",
                                    "",
                                    ""))))
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            for (int i = 0; i < 2; i++) { // the second one begins where the first has ended
                HttpResponse<String> answer = client.send(put, HttpResponse.BodyHandlers.ofString());
                assertEquals(
                        "\"5d41402abc4b2a76b9719d911017c592\"",
                        answer.headers().firstValue("ETag").orElseThrow());
            }
        }
    }

    @Test
    void wrongContentIsFound() throws Exception {
        try (Stub stub = Stub.start(directory, "stub")) {
            stub.fill("bucket", "object", 2, 4096);
            stub.change("bucket", 4097);
            IllegalStateException failure =
                    assertThrows(IllegalStateException.class, () -> stub.verify("bucket", 2, 4096));
            assertEquals("bucket: 2 objects of 2, 1 wrong", failure.getMessage());
        }
    }

    private static String[] bare(Route route) {
        String[] jvm = Jvm.ours(BareCopy.class);
        List<String> command = new java.util.ArrayList<>(List.of(jvm));
        command.addAll(List.of(route.source().endpoint(), route.bucket(), "2"));
        route.destinations().forEach(stub -> command.add(stub.endpoint()));
        return command.toArray(String[]::new);
    }
}
