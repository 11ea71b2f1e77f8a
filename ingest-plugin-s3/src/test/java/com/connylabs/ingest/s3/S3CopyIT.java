package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.ChangedException;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.LocatedObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import com.connylabs.ingest.testkit.s3.StubObject;
import com.connylabs.ingest.testkit.s3.StubRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store copies by itself, and what becomes of answers that are wrong. */
class S3CopyIT {
    private static final int PART = 5 << 20;
    private static final Codec ELEMENT = Codec.of("in/a", "a");
    private static final byte[] SMALL = {1, 2, 3};

    private S3Stub stub;
    private TestStore from;
    private TestStore to;
    private S3Source source;
    private S3Destination destination;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        from = TestStore.of(stub, "from");
        to = TestStore.of(stub, "to");
        source = from.source();
        destination = inParts();
    }

    @AfterEach
    void close() {
        source.close();
        destination.close();
        from.close();
        to.close();
        stub.close();
    }

    /** Larger objects than one part are copied in parts. */
    private S3Destination inParts(String... keysAndValues) throws Exception {
        return new S3Destination(
                DestinationConfig.read(to.context(keysAndValues).config()),
                new MarkerPlaces(),
                new S3Copy.Sizes(PART, PART));
    }

    private static byte[] large() {
        byte[] bytes = new byte[2 * PART + 17];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private void put(byte[] bytes) {
        stub.put("from", "in/a", bytes, Map.of("content-type", "text/css", "x-amz-meta-color", "red"));
        stub.forgetRequests();
    }

    private Optional<URI> copy() throws Exception {
        return copy(destination);
    }

    private Optional<URI> copy(S3Destination at) throws Exception {
        long now = System.nanoTime();
        Sighting seen = new Sighting(at.stat(ELEMENT), now);
        return at.copy(ELEMENT, source.locate(ELEMENT).orElseThrow(), seen, () -> {});
    }

    private StubObject copied() {
        return stub.object("to", "a").orElseThrow();
    }

    private List<String> operations() {
        return stub.requests().stream().map(StubRequest::operation).toList();
    }

    /** Does something before the next request of a kind is answered. */
    private void before(String operation, Runnable action) {
        AtomicInteger times = new AtomicInteger(1);
        stub.inject(
                1,
                request -> {
                    if (request.operation().equals(operation) && times.getAndDecrement() > 0) {
                        action.run();
                    }
                    return false;
                },
                new Fault.Drop());
    }

    @Test
    void takesALookAtEitherSideAndOneRequest() throws Exception {
        put(SMALL);
        assertEquals(Optional.of(URI.create("s3://to/a")), copy());
        assertEquals(List.of("HeadObject", "HeadObject", "CopyObject"), operations());
        assertArrayEquals(SMALL, copied().body());
        String version = stub.object("from", "in/a").orElseThrow().etag();
        assertEquals(version, copied().headers().get("x-amz-meta-ingest-version"), "version");
        assertEquals("red", copied().headers().get("x-amz-meta-color"), "metadata");
        assertEquals("text/css", copied().headers().get("content-type"), "type");
    }

    @Test
    void isRecordedAsAStreamedCopyIs() throws Exception {
        stub.put(
                "from",
                "in/a",
                SMALL,
                Map.of(
                        "cache-control", "no-store",
                        "content-language", "de",
                        "content-encoding", "gzip",
                        "x-amz-meta-ingest-version", "of another copy",
                        "x-amz-meta-size", "XL"));
        try (S3Destination cold = inParts("storageClass", "GLACIER", "sse", "aws:kms:key-1")) {
            copy(cold);
            Map<String, String> byItself = copied().headers();
            try (IngestObject object = source.download(ELEMENT).orElseThrow()) {
                cold.store(ELEMENT, object);
            }
            assertEquals(copied().headers(), byItself);
            assertEquals("key-1", byItself.get("x-amz-server-side-encryption-aws-kms-key-id"));
        }
    }

    @Test
    void everyKeyIsCopied() throws Exception {
        for (String key : List.of("in//b", "a b+c%20&d?e=f#g", "ü/ß\u20ac\ud83d\ude00", "./x/../y", "/", "\u0001\n")) {
            Codec element = Codec.of(key, "to/" + key);
            stub.put("from", key, SMALL, Map.of());
            Sighting seen = new Sighting(Optional.empty(), System.nanoTime());
            assertTrue(
                    destination
                            .copy(element, source.locate(element).orElseThrow(), seen, () -> {})
                            .isPresent(),
                    key);
            assertArrayEquals(
                    SMALL, stub.object("to", "to/" + key).orElseThrow().body(), key);
        }
    }

    @Test
    void whatIsLargeIsCopiedInParts() throws Exception {
        byte[] large = large();
        put(large);
        AtomicInteger moved = new AtomicInteger();
        Sighting seen = new Sighting(Optional.empty(), System.nanoTime());
        assertTrue(destination
                .copy(ELEMENT, source.locate(ELEMENT).orElseThrow(), seen, moved::incrementAndGet)
                .isPresent());
        assertArrayEquals(large, copied().body());
        assertEquals("red", copied().headers().get("x-amz-meta-color"), "metadata");
        assertEquals(3, moved.get(), "signs of life");
        assertEquals(3, stub.count("UploadPartCopy"), "parts");
        assertEquals(0, stub.count("GetObject") + stub.count("UploadPart"), "bytes through us");
        assertEquals(3 + 5, operations().size(), "and three looks, a beginning and an end: " + operations());
        assertEquals(List.of(), stub.openUploads("to"), "uploads");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 2 * PART})
    void aSourceThatHasChangedIsNotCopied(int size) throws Exception {
        put(new byte[size]);
        byte[] newer = new byte[size];
        Arrays.fill(newer, (byte) 1);
        for (String operation : List.of("CopyObject", "UploadPartCopy")) {
            before(operation, () -> stub.put("from", "in/a", newer, Map.of()));
        }
        assertThrows(ChangedException.class, this::copy);
        assertEquals(List.of(), stub.keys("to"), "objects");
        assertEquals(List.of(), stub.openUploads("to"), "uploads");
    }

    @Test
    void aSourceThatIsGoneIsLookedAtAgain() throws Exception {
        put(SMALL);
        LocatedObject located = source.locate(ELEMENT).orElseThrow();
        from.remove("in/a");
        Sighting seen = new Sighting(Optional.empty(), System.nanoTime());
        assertThrows(ChangedException.class, () -> destination.copy(ELEMENT, located, seen, () -> {}));
        stub.forgetRequests();
        assertEquals(Optional.empty(), source.locate(ELEMENT));
        assertEquals(List.of("HeadObject", "GetObject"), operations(), "HEAD does not say what is missing");
    }

    @Test
    void whatComesBackWhileItIsLookedAtIsFound() throws Exception {
        before("GetObject", () -> put(SMALL));
        LocatedObject located = source.locate(ELEMENT).orElseThrow();
        assertEquals(OptionalLong.of(SMALL.length), located.attributes().length(), "length");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 2 * PART})
    void aStoreThatDoesNotMindTheVersionIsFoundOut(int size) throws Exception {
        stub.ignoreHeader("CopyObject", "x-amz-copy-source-if-match");
        stub.ignoreHeader("UploadPartCopy", "x-amz-copy-source-if-match");
        put(new byte[size]);
        byte[] newer = new byte[size];
        Arrays.fill(newer, (byte) 1);
        for (String operation : List.of("CopyObject", "UploadPartCopy")) {
            before(operation, () -> stub.put("from", "in/a", newer, Map.of()));
        }
        assertEquals(Optional.empty(), copy(), "not counted as done");
        assertEquals(List.of(), stub.openUploads("to"), "uploads");
        assertTrue(copy().isPresent(), "the next one may be right");
        assertArrayEquals(newer, copied().body());
    }

    @Test
    void anETagThatSaysNothingIsReplacedByTwoLooks() throws Exception {
        try (S3Destination uploader = from.destination("prefix", "in")) {
            uploader.store(ELEMENT, IngestObject.of(ObjectAttributes.unknown(), new byte[2 * PART]));
        }
        stub.forgetRequests();
        try (S3Destination whole = to.destination()) {
            assertTrue(copy(whole).isPresent(), "of parts");
        }
        assertEquals(List.of("HeadObject", "HeadObject", "CopyObject", "HeadObject", "HeadObject"), operations());
    }

    @Test
    void nothingIsPutOverWhatAnotherWorkerStored() throws Exception {
        put(SMALL);
        before("CopyObject", () -> stub.put("to", "a", new byte[] {9}, Map.of()));
        assertThrows(ChangedException.class, this::copy);
        before("CopyObject", () -> stub.put("to", "a", new byte[] {8}, Map.of()));
        assertThrows(ChangedException.class, this::copy);
        assertArrayEquals(new byte[] {8}, copied().body());
        byte[] large = large();
        put(large);
        before("CompleteMultipartUpload", () -> stub.put("to", "a", new byte[] {7}, Map.of()));
        assertThrows(ChangedException.class, this::copy);
        assertArrayEquals(new byte[] {7}, copied().body());
        assertEquals(List.of(), stub.openUploads("to"), "uploads");
    }

    @Test
    void aStoreThatRefusesConditionsWithCopiesKeepsThemWithWhatItIsSent() throws Exception {
        put(SMALL);
        stub.inject(
                100,
                request -> request.operation().equals("CopyObject")
                        && (request.header("if-none-match").isPresent()
                                || request.header("if-match").isPresent()),
                new Fault.Status(501, "NotImplemented"));
        assertTrue(copy().isPresent(), "copied without one");
        assertEquals(
                List.of("HeadObject", "HeadObject", "CopyObject", "HeadObject", "CopyObject"),
                operations(),
                "looked at again before");
        stub.forgetRequests();
        assertTrue(copy().isPresent());
        assertEquals(List.of("HeadObject", "HeadObject", "HeadObject", "CopyObject"), operations(), "not asked again");
        destination.store(
                Codec.of("b", "b"),
                IngestObject.of(ObjectAttributes.unknown(), SMALL),
                new Sighting(Optional.empty(), System.nanoTime()));
        StubRequest last = stub.requests().get(stub.requests().size() - 1);
        assertEquals(Optional.of("*"), last.header("if-none-match"), "with a PUT");
    }

    @ParameterizedTest
    @CsvSource({
        "501, NotImplemented, CopyObject, 3",
        "400, NotImplemented, CopyObject, 3",
        "400, InvalidRequest, CopyObject, 3",
        "403, AccessDenied, CopyObject, 3",
        "405, MethodNotAllowed, CopyObject, 3",
        "501, NotImplemented, UploadPartCopy, 12000000"
    })
    void refusalIsRemembered(int status, String code, String operation, int size) throws Exception {
        put(new byte[size]);
        stub.inject(100, operation, new Fault.Status(status, code));
        assertTrue(destination.copiesFrom(source.origin()), "not known yet");
        assertEquals(Optional.empty(), copy(), "refused");
        assertFalse(destination.copiesFrom(source.origin()), "remembered");
        assertEquals(List.of(), stub.openUploads("to"), "uploads");
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown",
        "500, InternalError",
        "403, ExpiredToken",
        "403, InvalidAccessKeyId",
        "200, InternalError"
    })
    void anOutageIsNoRefusal(int status, String code) throws Exception {
        put(SMALL);
        stub.inject(100, "CopyObject", new Fault.Status(status, code));
        assertThrows(EndpointException.class, this::copy);
        assertTrue(destination.copiesFrom(source.origin()), "it may copy");
        assertEquals(List.of(), stub.keys("to"), "objects");
    }

    @Test
    void whatIsWrongWithAnElementIsNoRefusal() throws Exception {
        put(SMALL);
        stub.inject(100, "CopyObject", new Fault.Status(400, "MetadataTooLarge"));
        assertThrows(PermanentException.class, this::copy);
        assertTrue(destination.copiesFrom(source.origin()), "it may copy others");
    }

    @Test
    void aLostAnswerIsFoundOutByTheNextLook() throws Exception {
        put(SMALL);
        stub.inject(1, "CopyObject", new Fault.LoseAnswer());
        assertThrows(ChangedException.class, this::copy, "the second try meets the first one's copy");
        ObjectInfo there = destination.stat(ELEMENT).orElseThrow();
        assertEquals(source.locate(ELEMENT).orElseThrow().attributes().version(), there.version());
        put(large());
        to.remove("a");
        stub.inject(1, "CompleteMultipartUpload", new Fault.LoseAnswer());
        assertTrue(copy().isPresent(), "the end of a large one");
        assertEquals(List.of(), stub.openUploads("to"), "uploads");
    }

    @Test
    void partsThatFailLeaveNothing() throws Exception {
        put(large());
        stub.inject(
                100,
                request -> request.operation().equals("UploadPartCopy")
                        && request.query().get("partNumber").equals("2"),
                new Fault.Status(500, "InternalError"));
        assertThrows(IngestException.class, this::copy);
        assertEquals(List.of(), stub.keys("to"), "objects");
        assertEquals(List.of(), stub.openUploads("to"), "uploads");
    }

    @Test
    void markersAreWritten() throws Exception {
        put(SMALL);
        try (S3Destination marked = inParts("metafilesPrefix", "meta")) {
            copy(marked);
            assertEquals(List.of("a", "meta/a.done"), stub.keys("to"));
            assertEquals(
                    source.locate(ELEMENT).orElseThrow().attributes().version(),
                    marked.stat(ELEMENT.withVersion(null)).orElseThrow().version());
        }
    }

    @Test
    void onlyWithinOneStoreAndForOneAccount() throws Exception {
        assertTrue(destination.copiesFrom(source.origin()), "the same");
        for (String[] other : new String[][] {
            {"endpoint", "127.0.0.1:1"},
            {"accessKeyID", "another"},
            {"secretAccessKey", "another"},
            {"region", "eu-west-1"}
        }) {
            try (S3Destination elsewhere = to.destination(other)) {
                assertFalse(elsewhere.copiesFrom(source.origin()), other[0]);
            }
        }
        assertFalse(destination.copiesFrom("another plugin's"), "of another plugin");
    }
}
