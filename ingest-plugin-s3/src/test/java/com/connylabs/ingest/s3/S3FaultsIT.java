package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.RangeReader;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.Upload;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import com.connylabs.ingest.testkit.s3.StubRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of answers that are wrong, late or missing, and how many requests it takes when all is well. */
class S3FaultsIT {
    private static final Codec ELEMENT = Codec.of("a", "a");
    private static final ObjectAttributes VERSION_1 = ObjectAttributes.unknown().withVersion("1");

    private S3Stub stub;
    private TestStore store;
    private S3Source source;
    private S3Destination destination;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        store = TestStore.of(stub, "bucket");
        source = store.source();
        destination = store.destination();
    }

    @AfterEach
    void close() {
        source.close();
        destination.close();
        store.close();
        stub.close();
    }

    @Test
    void failedPutIsSentAgainWhateverTheBodyIs() throws Exception {
        for (IngestObject object : List.of(
                IngestObject.of(VERSION_1, new byte[] {1, 2, 3}),
                IngestObject.of(VERSION_1.withLength(3), new ByteArrayInputStream(new byte[] {1, 2, 3})),
                IngestObject.of(VERSION_1, new ByteArrayInputStream(new byte[] {1, 2, 3})))) {
            stub.forgetRequests();
            stub.inject(1, request -> !request.method().equals("GET"), new Fault.Status(503, "SlowDown"));
            stub.inject(1, request -> request.method().equals("PUT"), new Fault.Drop());
            destination.store(ELEMENT, object);
            assertArrayEquals(
                    new byte[] {1, 2, 3},
                    stub.object("bucket", "a").orElseThrow().body(),
                    "content");
        }
    }

    @Test
    void storeThatKeepsFailingIsTheEndpointsFault() {
        stub.inject(100, "PutObject", new Fault.Status(500, "InternalError"));
        EndpointException e = assertThrows(EndpointException.class, () -> put(new byte[10]), "500");
        assertTrue(e.getMessage().contains("HTTP 500 InternalError"), e.getMessage());
        assertEquals(4, stub.count("PutObject"), "tries: ours, and then the SDK's three");
    }

    @Test
    void bodyThatIsCutIsAnError() throws Exception {
        stub.put("bucket", "a", new byte[100_000], Map.of());
        stub.inject(1, "GetObject", new Fault.Cut(50_000));
        try (IngestObject object = source.download(ELEMENT).orElseThrow()) {
            assertThrows(IOException.class, () -> object.body().readAllBytes(), "half a body");
        }
        try (IngestObject object = source.download(ELEMENT).orElseThrow()) {
            RangeReader ranges = object.ranges().orElseThrow();
            stub.inject(1, "GetObject", new Fault.Cut(10));
            try (InputStream range = ranges.open(5, 1000)) {
                assertThrows(IOException.class, range::readAllBytes, "half a range");
            }
        }
    }

    @Test
    void partThatFailsForEverLeavesNothing() throws Exception {
        stub.inject(100, "UploadPart", new Fault.Status(500, "InternalError"));
        byte[] bytes = new byte[6 << 20];
        assertThrows(EndpointException.class, () -> put(bytes), "500");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
        assertEquals(List.of(), stub.keys("bucket"), "objects");
    }

    @Test
    void uploadThatCannotBeAbortedSaysSo() throws Exception {
        Upload upload = destination.begin(ELEMENT, VERSION_1);
        stub.inject(3, "AbortMultipartUpload", new Fault.Status(500, "InternalError"));
        assertThrows(EndpointException.class, upload::close, "something is left behind");
        upload.close();
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
    }

    @Test
    void uploadIsAbortedByAnInterruptedThread() throws Exception {
        Upload upload = destination.begin(ELEMENT, VERSION_1);
        Thread.currentThread().interrupt();
        upload.close();
        assertTrue(Thread.interrupted(), "the interrupt is still there");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
    }

    @Test
    void lostAnswerToTheCompletionIsNoFailure() throws Exception {
        stub.inject(1, "CompleteMultipartUpload", new Fault.LoseAnswer());
        byte[] bytes = new byte[6 << 20];
        URI uri = put(bytes);
        assertEquals(URI.create("s3://bucket/a"), uri, "location");
        assertEquals(List.of("a"), stub.keys("bucket"), "objects");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
    }

    @Test
    void completionThatFailedIsAFailureEvenWhereAnOlderObjectIs() throws Exception {
        destination.store(ELEMENT, IngestObject.of(ObjectAttributes.unknown().withVersion("0"), new byte[6 << 20]));
        stub.inject(100, "CompleteMultipartUpload", new Fault.Status(404, "NoSuchUpload"));
        byte[] bytes = new byte[6 << 20];
        assertThrows(TransientException.class, () -> put(bytes), "the older version is none");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
    }

    @Test
    void partsInTheWrongPlaceAreNoObject() throws Exception {
        try (Upload upload = destination.begin(ELEMENT, VERSION_1)) {
            upload.put(new BufferPart(1, 1, new byte[] {1}, 1));
            upload.put(new BufferPart(2, 0, new byte[] {2}, 1));
            assertThrows(TransientException.class, () -> upload.complete(2), "the second begins before the first");
        }
        assertEquals(List.of(), stub.keys("bucket"), "objects");
    }

    @Test
    void partThatArrivesWrongIsRefused() throws Exception {
        try (Upload upload = destination.begin(ELEMENT, VERSION_1)) {
            upload.put(new BufferPart(1, 0, new byte[] {1}, 1));
            stub.inject(100, "UploadPart", new Fault.Status(400, "BadDigest"));
            assertThrows(
                    TransientException.class, () -> upload.put(new BufferPart(1, 0, new byte[] {2}, 1)), "corrupted");
        }
    }

    @Test
    void smallObjectTakesOneRequest() throws Exception {
        put(new byte[10]);
        assertEquals(List.of("PutObject"), operations(), "store");
        destination.stat(ELEMENT);
        assertEquals(List.of("PutObject", "HeadObject"), operations(), "stat");
        stub.forgetRequests();
        try (S3Destination marked = store.destination("metafilesPrefix", "meta")) {
            marked.stat(Codec.of("b", "b"));
            marked.store(Codec.of("b", "b"), IngestObject.of(VERSION_1, new byte[1]));
            marked.stat(Codec.of("b", "b"));
        }
        assertEquals(
                List.of("HeadObject", "HeadObject", "PutObject", "PutObject", "HeadObject"), operations(), "markers");
    }

    @Test
    void emptyUploadIsAnEmptyObject() throws Exception {
        try (Upload upload = destination.begin(ELEMENT, VERSION_1.withContentType("text/plain"))) {
            upload.complete(0);
        }
        assertEquals(0, stub.object("bucket", "a").orElseThrow().body().length, "length");
        assertEquals(
                "text/plain", stub.object("bucket", "a").orElseThrow().headers().get("content-type"), "type");
        assertEquals(List.of(), stub.openUploads("bucket"), "uploads");
    }

    @Test
    void plainHttpIsProtectedByItsSignature() throws Exception {
        put(new byte[10]);
        StubRequest request = stub.requests().get(0);
        assertTrue(
                request.header("x-amz-content-sha256").orElseThrow().matches("[0-9a-f]{64}"),
                "the body's hash is signed");
        assertFalse(request.header("content-md5").isPresent(), "which will do");
    }

    @Test
    void bodyThatNoSignatureCoversCarriesItsMd5() throws Exception {
        try (S3Destination anonymous = store.destination("accessKeyID", "", "secretAccessKey", "")) {
            IngestObject object = IngestObject.of(VERSION_1, new byte[] {1});
            assertThrows(EndpointException.class, () -> anonymous.store(ELEMENT, object), "the stub wants a key");
        }
        StubRequest request = stub.requests().get(0);
        assertEquals("VaVACK0bpYmqIQ0mKcHfQQ==", request.header("content-md5").orElse("none"), "MD5 of a byte");
        StoreConfig overTls = Configs.store("accessKeyID", "a", "secretAccessKey", "b");
        try (S3Connection connection = new S3Connection(overTls)) {
            assertTrue(connection.needsContentMd5(), "with TLS");
        }
    }

    @Test
    void storageClassAndEncryptionAreAskedFor() throws Exception {
        try (S3Destination cold = store.destination("storageClass", "GLACIER", "sse", "aws:kms:key-1")) {
            cold.store(ELEMENT, IngestObject.of(VERSION_1, new byte[1]));
            try (Upload upload = cold.begin(Codec.of("b", "b"), VERSION_1)) {
                upload.put(new BufferPart(1, 0, new byte[1], 1));
                upload.complete(1);
            }
        }
        for (String key : List.of("a", "b")) {
            Map<String, String> headers =
                    stub.object("bucket", key).orElseThrow().headers();
            assertEquals("GLACIER", headers.get("x-amz-storage-class"), key);
            assertEquals("aws:kms", headers.get("x-amz-server-side-encryption"), key);
            assertEquals("key-1", headers.get("x-amz-server-side-encryption-aws-kms-key-id"), key);
        }
    }

    @Test
    void partsOfAnUploadMayGrow() {
        assertEquals(5 << 20, destination.partSize(OptionalLong.of(1)), "as configured");
        assertEquals(105 << 20, destination.partSize(OptionalLong.of(1L << 40)), "for a TiB");
    }

    private URI put(byte[] bytes) throws Exception {
        return destination.store(ELEMENT, IngestObject.of(VERSION_1, bytes));
    }

    private List<String> operations() {
        return stub.requests().stream().map(StubRequest::operation).toList();
    }
}
