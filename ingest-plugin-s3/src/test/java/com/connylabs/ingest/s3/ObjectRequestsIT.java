package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import com.connylabs.ingest.testkit.s3.StubRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The shorter way does what the SDK does, and leaves to it what it cannot do. */
class ObjectRequestsIT {
    private static final String KEY = "a+b c/\u00e4//(1)'~*.txt";
    private static final Content NEW = Content.of("new".getBytes(UTF_8));

    private S3Stub stub;
    private TestStore store;
    private SdkRequests sdk;
    private ObjectRequests requests;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        store = TestStore.of(stub, "bucket");
        StoreConfig config = StoreConfig.read(store.context().config());
        sdk = new SdkRequests(config, config.access().provider(), "http");
        requests = Clients.requests(config);
        assertTrue(requests.works(), "there is a short way");
        stub.put(
                "bucket",
                KEY,
                "content".getBytes(UTF_8),
                Map.of("content-type", "text/x", "cache-control", "no-store", "x-amz-meta-Name", "a  b"));
        stub.forgetRequests();
    }

    @AfterEach
    void close() {
        requests.close();
        sdk.close();
        store.close();
        stub.close();
    }

    @Test
    void itsAnswersSayWhatTheSdksSay() throws Exception {
        assertSame(sdk.head("bucket", KEY), requests.head("bucket", KEY));
        for (Map<String, String> headers : List.of(
                Map.<String, String>of(), Map.of("range", "bytes=1-3"), Map.of("x-amz-checksum-mode", "ENABLED"))) {
            ObjectAnswer expected = sdk.get(KEY, headers);
            ObjectAnswer found = requests.get(KEY, headers);
            assertSame(expected, found);
            assertArrayEquals(expected.body().readAllBytes(), found.body().readAllBytes(), "body");
        }
        Map<String, String> headers = Map.of("x-amz-meta-a", " b  c ", "cache-control", "x");
        assertSame(sdk.put(KEY, headers, NEW), requests.put(KEY, headers, NEW));
        assertArrayEquals(
                "new".getBytes(UTF_8), requests.get(KEY, Map.of()).body().readAllBytes());
        assertEquals(11, stub.requests().size(), "each one request");
    }

    private static void assertSame(ObjectAnswer expected, ObjectAnswer found) {
        assertEquals(Attributes.of(expected), Attributes.of(found));
        assertEquals(expected.status(), found.status(), "status");
    }

    @Test
    void itsPagesSayWhatTheSdksSay() {
        for (String key : List.of("a/1", "a/2", "b+c/\u00e4", "b", "x\n")) {
            store.put(key, new byte[] {1});
        }
        for (PageRequest page : List.of(
                PageRequest.everything(""),
                PageRequest.everything("a/").ofMost(1),
                PageRequest.level("").behind("a/1"),
                PageRequest.everything("b+c/\u00e4"))) {
            ListingPage expected = sdk.list(page);
            assertEquals(expected, requests.list(page), page.toString());
            assertFalse(isSdks(last()), "by us");
            if (expected.next() != null) {
                PageRequest following = page.following(expected.next());
                assertEquals(sdk.list(following), requests.list(following), following.toString());
            }
        }
    }

    @Test
    void theUnfinishedUploadsAreThoseThatTheSdkFinds() {
        for (int i = 0; i < 7; i++) {
            String key = "\n\u00e4 " + i / 2;
            store.client().createMultipartUpload(begin -> begin.bucket("bucket").key(key));
        }
        Optional<UploadsPage.Place> place = Optional.empty();
        for (int pages = 0; pages < 2; pages++) {
            UploadsPage expected = sdk.uploads("\n", place);
            assertEquals(expected, requests.uploads("\n", place));
            assertFalse(isSdks(last()), "by us");
            assertEquals(pages == 0, expected.truncated(), "more than this page");
            place = expected.next();
        }
    }

    @Test
    void partsAreTaken() throws Exception {
        String upload = store.client()
                .createMultipartUpload(begin -> begin.bucket("bucket").key(KEY))
                .uploadId();
        Content content = Content.of(new byte[2 << 20]); // large enough to ask first
        assertEquals(
                sdk.putPart(KEY, upload, 1, Map.of(), content).eTag(),
                requests.putPart(KEY, upload, 2, Map.of(), content).eTag());
        assertEquals(1, stub.openUploads("bucket").size());
        assertEquals("100-continue", last().header("expect").orElseThrow());
    }

    @Test
    void anotherBucketIsAnotherBucket() {
        stub.createBucket("other");
        assertThrows(NoSuchKeyException.class, () -> requests.head("other", KEY));
    }

    /** A refusal counts when the SDK does not meet it: then it was about how we asked. */
    @Test
    void aStoreThatWantsTheSdkGetsIt() {
        for (int i = 0; i < 3; i++) {
            stub.inject(1, "HeadObject", new Fault.Status(403, ""));
            requests.head("bucket", KEY);
        }
        assertEquals(6, stub.count("HeadObject"), "refused, and asked again by the SDK");
        assertFalse(requests.works(), "no more");
        requests.head("bucket", KEY);
        assertEquals(7, stub.count("HeadObject"));
        assertTrue(isSdks(last()), "by the SDK at once");
    }

    @Test
    void refusalsNowAndThenMeanNothing() {
        for (int i = 0; i < 5; i++) {
            stub.inject(1, "HeadObject", new Fault.Status(403, ""));
            requests.head("bucket", KEY);
            requests.head("bucket", KEY);
            assertFalse(isSdks(last()), "by us");
        }
    }

    /** And answers that say so leave their connection to the next request, too. */
    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, SlowDown", "429, TooManyRequests"})
    void aStoreInTroubleIsNoStoreThatWantsTheSdk(int status, String code) {
        for (int i = 0; i < 4; i++) {
            stub.inject(1, "PutObject", new Fault.Status(status, code));
            requests.put(KEY, Map.of(), NEW);
        }
        requests.put(KEY, Map.of(), NEW);
        assertFalse(isSdks(last()), "by us");
        assertEquals(1, connections(), "connections");
    }

    @ParameterizedTest
    @CsvSource({"412, PreconditionFailed", "404, NoSuchBucket", "400, EntityTooLarge", "501, NotImplemented"})
    void aRefusalThatIsOneIsNotAskedForTwice(int status, String code) {
        stub.inject(9, "PutObject", new Fault.Status(status, code));
        S3Exception e = assertThrows(S3Exception.class, () -> requests.put(KEY, Map.of(), NEW), code);
        assertEquals(status, e.statusCode());
        assertEquals(code, e.awsErrorDetails().errorCode());
        assertEquals(1, stub.count("PutObject"));
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalError",
        "503, SlowDown",
        "429, TooManyRequests",
        "400, RequestTimeout",
        "403, RequestTimeTooSkewed"
    })
    void whatMayPassIsAskedForAgain(int status, String code) {
        stub.inject(1, "PutObject", new Fault.Status(status, code));
        requests.put(KEY, Map.of(), NEW);
        assertEquals(2, stub.count("PutObject"));
        assertTrue(isSdks(last()), "by the SDK");
        assertArrayEquals(
                "new".getBytes(UTF_8), stub.object("bucket", KEY).orElseThrow().body());
    }

    /** The SDK goes on where the answer says, and by the clock of the store. */
    @ParameterizedTest
    @CsvSource({"400, x-amz-bucket-region: eu-south-2", "403, 'Date: Mon, 23 Nov 2020 16:25:00 GMT'"})
    void aRefusalThatIsAboutWhereOrWhenIsLeftToTheSdk(int status, String header) throws Exception {
        try (HostileAnswers hostile = new HostileAnswers()) {
            AtomicInteger asked = new AtomicInteger();
            String refusal = "HTTP/1.1 " + status + " No\r\n" + header + "\r\nContent-Length: 0\r\n";
            hostile.server.answer(request -> asked.getAndIncrement() == 0
                    ? HostileAnswers.answer(refusal, new byte[0])
                    : HostileAnswers.ok(new byte[] {1}));
            try (IngestObject object =
                    hostile.source.download(Codec.of("a", "a")).orElseThrow()) {
                assertArrayEquals(new byte[] {1}, object.body().readAllBytes());
            }
            assertEquals(2, asked.get(), "asked again");
        }
    }

    @Test
    void aListingThatBreaksOffIsAskedForAgain() {
        stub.inject(1, "ListObjectsV2", new Fault.Status(500, "InternalError"));
        assertEquals(1, requests.list(PageRequest.everything("")).objects().size());
        assertTrue(isSdks(last()), "by the SDK");
    }

    /** An answer that was read to its end leaves its connection to the next request. */
    @Test
    void connectionsAreUsedAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThrows(NoSuchKeyException.class, () -> requests.head("bucket", "nothing"));
            assertThrows(S3Exception.class, () -> requests.get("nothing", Map.of()));
            requests.get(KEY, Map.of()).body().readAllBytes();
            requests.put(KEY, Map.of(), NEW);
            requests.list(PageRequest.everything(""));
        }
        assertEquals(1, connections(), "connections");
    }

    /** The store would wait for the rest, and everybody for the store. */
    @Test
    void aBodyThatEndsTooEarlyFailsAtOnce() {
        Content less = new Content(() -> new ByteArrayInputStream(new byte[3]), 5, "text/plain");
        assertTimeoutPreemptively(
                Duration.ofMinutes(2),
                () -> assertThrows(SdkException.class, () -> requests.putOnce(KEY, Map.of(), less)));
    }

    /** However often something of it comes: no time-out of the connection ends that. */
    @Test
    void anAnswerThatDripsInIsGivenUp() {
        stub.inject(1, "GetObject", new Fault.Drip(Duration.ofMinutes(5)));
        try (ShortRequests direct = direct()) {
            assertTimeoutPreemptively(
                    Duration.ofMinutes(1),
                    () -> assertThrows(
                            IOException.class,
                            () -> direct.send(reading(Duration.ofSeconds(3)), answer -> answer.body()
                                    .readAllBytes())));
        }
    }

    /** Else all are taken at some time, and none comes back. */
    @Test
    void answersThatNobodyCanReadLeaveNoConnectionBehind() {
        try (ShortRequests direct = direct()) {
            for (int i = 0; i <= Clients.MAX_CONNECTIONS; i++) {
                assertThrows(
                        IOException.class,
                        () -> direct.send(reading(Duration.ofSeconds(30)), answer -> {
                            throw new IOException("unreadable");
                        }));
            }
            assertTimeoutPreemptively(
                    Duration.ofMinutes(1), () -> direct.send(reading(Duration.ofSeconds(30)), ObjectAnswer::eTag));
        }
    }

    @Test
    void anInterruptEndsWhatIsSent() throws Exception {
        byte[] old = stub.object("bucket", KEY).orElseThrow().body();
        AtomicInteger opened = new AtomicInteger();
        Content content = new Content(
                () -> {
                    if (opened.incrementAndGet() == 2) { // first it is hashed
                        Thread.currentThread().interrupt();
                    }
                    return new ByteArrayInputStream(new byte[1 << 20]);
                },
                1 << 20,
                "text/plain");
        assertThrows(AbortedException.class, () -> requests.put(KEY, Map.of(), content));
        assertTrue(Thread.interrupted(), "the interrupt is still there");
        assertArrayEquals(old, stub.object("bucket", KEY).orElseThrow().body(), "nothing was stored");
    }

    private ShortRequests direct() {
        StoreConfig config = StoreConfig.read(store.context().config());
        return new ShortRequests(
                BucketPlace.of(config, Clients.region(config).id()).orElseThrow(),
                config.access().provider());
    }

    private static ObjectRequest reading(Duration limit) {
        return new ObjectRequest(
                "GET", KEY, Collections.emptyNavigableMap(), Map.of(), Optional.empty(), true, Optional.of(limit));
    }

    /** Of ours. */
    private long connections() {
        return stub.requests().stream()
                .filter(request -> !isSdks(request))
                .mapToInt(StubRequest::connection)
                .distinct()
                .count();
    }

    private static boolean isSdks(StubRequest request) {
        return request.header("amz-sdk-request").isPresent();
    }

    private StubRequest last() {
        return stub.requests().get(stub.requests().size() - 1);
    }
}
