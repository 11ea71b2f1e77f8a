package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.testkit.s3.S3Server;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

class S3SourceIT {
    private static S3Server server;

    private TestStore store;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        server = S3Server.start(dir);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        store = TestStore.of(server, "bucket-" + UUID.randomUUID());
        for (String key : List.of("top", "p", "p-other", "p/a", "p/b/c", "p/b/d", "q/e")) {
            if (!key.equals("p")) { // S3Proxy has no object beside a directory
                store.put(key, new byte[] {1});
            }
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void listsOneLevelUnlessRecursive() throws Exception {
        assertNames(List.of("p-other", "top"), "prefix", "");
        assertNames(List.of("a"), "prefix", "p/");
        assertNames(List.of("a", "b/c", "b/d"), "prefix", "p/", "recursive", "true");
        assertNames(List.of("p-other", "p/a", "p/b/c", "p/b/d", "q/e", "top"), "recursive", "true");
    }

    @Test
    void prefixWithoutSlashIsTakenAsItIs() throws Exception {
        assertNames(List.of("-other"), "prefix", "p");
        assertNames(List.of("-other", "/a", "/b/c", "/b/d"), "prefix", "p", "recursive", "true");
    }

    @Test
    void directoryMarkersAreNoObjects() throws Exception {
        store.put("p/empty/", new byte[0]);
        assertTrue(store.keys().contains("p/empty/"), "the store lists it");
        assertNames(List.of("a", "b/c", "b/d"), "prefix", "p/", "recursive", "true");
        assertNames(List.of(), "prefix", "p/empty/");
    }

    @Test
    void elementCarriesKeyNameVersionSizeAndTime() throws Exception {
        try (S3Source source = store.source("prefix", "p/")) {
            Codec element = Sources.list(source).get(0);
            assertEquals("p/a", element.id(), "id");
            assertEquals("a", element.name(), "name");
            assertEquals(Optional.of("55a54008ad1ba589aa210d2629c1df41"), element.knownVersion(), "version");
            assertEquals(OptionalLong.of(1), element.size(), "size");
            assertTrue(element.lastModified() != null, "time");
        }
    }

    @Test
    void headersAndMetadataAreDownloaded() throws Exception {
        byte[] bytes = "not really zipped".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        store.client()
                .putObject(
                        b -> b.bucket(store.bucket())
                                .key("p/full")
                                .contentType("text/x-test")
                                .contentEncoding("gzip")
                                .contentLanguage("de")
                                .contentDisposition("inline")
                                .cacheControl("no-store")
                                .metadata(Map.of("color", "red", "ingest-version", "older")),
                        RequestBody.fromBytes(bytes));
        try (S3Source source = store.source();
                IngestObject object =
                        source.download(Codec.of("p/full", "full")).orElseThrow()) {
            ObjectAttributes attributes = object.attributes();
            assertEquals(Optional.of("text/x-test"), attributes.contentType(), "type");
            assertEquals(
                    Map.of(
                            "cache-control", "no-store",
                            "content-disposition", "inline",
                            "content-encoding", "gzip",
                            "content-language", "de"),
                    attributes.headers(),
                    "headers");
            assertEquals(Map.of("color", "red"), attributes.metadata(), "metadata");
            assertEquals(OptionalLong.of(bytes.length), attributes.length(), "length");
            String version = attributes.version().orElseThrow();
            assertEquals(Optional.of(new Checksum(Checksum.Algorithm.MD5, version)), attributes.checksum(), "checksum");
            assertArrayEquals(bytes, object.body().readAllBytes(), "bytes as they are stored");
        }
    }

    @Test
    void anInterruptEndsReading() throws Exception {
        store.put("p/x", new byte[1 << 20]);
        try (S3Source source = store.source();
                IngestObject object = source.download(Codec.of("p/x", "x")).orElseThrow()) {
            assertEquals(0, object.body().read());
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, () -> object.body().read());
            assertTrue(Thread.interrupted(), "the interrupt is still there");
        }
    }

    private void assertNames(List<String> expected, String... keysAndValues) throws Exception {
        try (S3Source source = store.source(keysAndValues)) {
            assertEquals(expected, Sources.names(source).stream().sorted().toList(), String.join(" ", keysAndValues));
        }
    }
}
