package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Upload;
import com.connylabs.ingest.testkit.s3.S3Server;
import java.io.ByteArrayInputStream;
import java.net.URI;
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
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class S3DestinationIT {
    private static final ObjectAttributes ATTRIBUTES = ObjectAttributes.unknown()
            .withContentType("text/x-test")
            .withHeaders(Map.of(
                    "cache-control", "no-store",
                    "content-disposition", "inline",
                    "content-encoding", "gzip",
                    "content-language", "de"))
            .withMetadata(Map.of("color", "red", "city", "Köln"))
            .withVersion("version-1");

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
        store = TestStore.of(server, "my_bucket_" + UUID.randomUUID());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void smallObjectTravelsWithEverything() throws Exception {
        try (S3Destination destination = store.destination("prefix", "p")) {
            URI uri = destination.store(Codec.of("1", "a b"), IngestObject.of(ATTRIBUTES, new byte[] {1, 2}));
            assertEquals(URI.create("s3://" + store.bucket() + "/p/a%20b"), uri, "location");
        }
        assertTravelled("p/a b", 2);
    }

    @Test
    void largeObjectTravelsWithEverything() throws Exception {
        byte[] bytes = new byte[(5 << 20) + 1];
        try (S3Destination destination = store.destination("prefix", "p/")) {
            destination.store(Codec.of("1", "a"), IngestObject.of(ATTRIBUTES, new ByteArrayInputStream(bytes)));
        }
        assertTravelled("p/a", bytes.length);
    }

    private void assertTravelled(String key, long length) {
        HeadObjectResponse head =
                store.client().headObject(b -> b.bucket(store.bucket()).key(key));
        assertEquals(length, head.contentLength(), "length");
        assertEquals("text/x-test", head.contentType(), "type");
        assertEquals("no-store", head.cacheControl(), "cache control");
        assertEquals("inline", head.contentDisposition(), "disposition");
        assertEquals("gzip", head.contentEncoding(), "encoding");
        assertEquals("de", head.contentLanguage(), "language");
        assertEquals(
                Map.of("color", "red", "city", "=?UTF-8?B?S8O2bG4=?=", "ingest-version", "version-1"),
                head.metadata(),
                "metadata");
    }

    @Test
    void objectOfSomebodyElseHasNoVersion() throws Exception {
        store.put("a", new byte[3]);
        try (S3Destination destination = store.destination()) {
            ObjectInfo info = destination.stat(Codec.of("1", "a")).orElseThrow();
            assertEquals(Optional.empty(), info.version(), "version");
            assertEquals(OptionalLong.of(3), info.length(), "length");
            assertEquals(ObjectInfo.Evidence.OBJECT, info.evidence(), "evidence");
        }
    }

    @Test
    void markerIsWrittenAndOutlivesTheObject() throws Exception {
        Codec element = Codec.of("1", "dir/a");
        try (S3Destination destination = store.destination("prefix", "p", "metafilesPrefix", "meta/")) {
            destination.store(element, IngestObject.of(ATTRIBUTES, new byte[] {1}));
            assertEquals(List.of("meta/dir/a.done", "p/dir/a"), store.keys(), "object and marker");
            HeadObjectResponse marker =
                    store.client().headObject(b -> b.bucket(store.bucket()).key("meta/dir/a.done"));
            assertEquals("text/plain", marker.contentType(), "type of the marker");
            assertEquals("version-1", new String(store.read("meta/dir/a.done").orElseThrow(), UTF_8), "its content");

            store.remove("p/dir/a");
            ObjectInfo info = destination.stat(element).orElseThrow();
            assertEquals(ObjectInfo.Evidence.MARKER, info.evidence(), "evidence");
            assertEquals(Optional.of("version-1"), info.version(), "version");
            assertEquals(OptionalLong.empty(), info.length(), "a marker knows no length");
            assertEquals(URI.create("s3://" + store.bucket() + "/p/dir/a"), info.location(), "location");
        }
    }

    @Test
    void markerFollowsALargeObjectOnlyWhenItIsThere() throws Exception {
        byte[] bytes = new byte[10];
        Codec element = Codec.of("1", "a");
        try (S3Destination destination = store.destination("metafilesPrefix", "meta")) {
            try (Upload upload = destination.begin(element, ATTRIBUTES)) {
                upload.put(new BufferPart(1, 0, bytes, bytes.length));
                assertEquals(List.of(), store.keys(), "nothing yet");
                upload.complete(bytes.length);
            }
            assertEquals(List.of("a", "meta/a.done"), store.keys(), "object and marker");
            assertEquals(Optional.of("version-1"), destination.stat(element).flatMap(ObjectInfo::version), "version");
        }
    }

    @Test
    void missingMarkerIsWrittenWithTheVersionOfTheObject() throws Exception {
        Codec element = Codec.of("1", "a");
        try (S3Destination before = store.destination()) {
            before.store(element, IngestObject.of(ATTRIBUTES, new byte[] {1}));
        }
        try (S3Destination destination = store.destination("metafilesPrefix", "meta")) {
            assertEquals(
                    Optional.of(ObjectInfo.Evidence.OBJECT),
                    destination.stat(element).map(ObjectInfo::evidence),
                    "the object was looked at");
            assertEquals(List.of("a", "meta/a.done"), store.keys(), "object and marker");
            ObjectInfo marked = destination.stat(element).orElseThrow();
            assertEquals(ObjectInfo.Evidence.MARKER, marked.evidence(), "evidence");
            assertEquals(Optional.of("version-1"), marked.version(), "version");
        }
    }

    @Test
    void destinationsThatShareMarkersDoNotVouchForEachOther() throws Exception {
        Codec element = Codec.of("1", "a");
        try (S3Destination one = store.destination("prefix", "one", "metafilesPrefix", "meta");
                S3Destination two = store.destination("prefix", "two", "metafilesPrefix", "meta")) {
            one.store(element, IngestObject.of(ATTRIBUTES, new byte[] {1}));
            assertEquals(Optional.empty(), two.stat(element), "the other has stored it, this one has not");
            assertEquals(
                    Optional.of(ObjectInfo.Evidence.OBJECT),
                    one.stat(element).map(ObjectInfo::evidence),
                    "nor is its own marker believed");

            store.remove("meta/a.done");
            one.stat(element);
            assertEquals(List.of("meta/a.done", "one/a"), store.keys(), "but a missing one is written");
        }
    }

    @Test
    void bytesOfUnknownLengthArriveInParts() throws Exception {
        byte[] bytes = new byte[(11 << 20) + 7];
        new java.util.Random(1).nextBytes(bytes);
        try (S3Destination destination = store.destination()) {
            destination.store(
                    Codec.of("1", "a"), IngestObject.of(ObjectAttributes.unknown(), new ByteArrayInputStream(bytes)));
        }
        assertArrayEquals(bytes, store.read("a").orElseThrow(), "bytes");
        assertEquals(List.of(), store.openUploads(), "uploads");
    }
}
