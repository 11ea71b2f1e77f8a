package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.s3.Fault;
import com.connylabs.ingest.testkit.s3.S3Stub;
import com.connylabs.ingest.testkit.s3.StubRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The shorter way does what the SDK does, and leaves to it what it cannot do. */
class ShortcutClientIT {
    private static final String KEY = "a+b c/\u00e4//(1)'~*.txt";
    private static final HeadObjectRequest HEAD =
            HeadObjectRequest.builder().bucket("bucket").key(KEY).build();
    private static final GetObjectRequest GET =
            GetObjectRequest.builder().bucket("bucket").key(KEY).build();
    private static final PutObjectRequest PUT =
            PutObjectRequest.builder().bucket("bucket").key(KEY).build();

    private final SdkHttpClient http = Clients.http();
    private S3Stub stub;
    private TestStore store;
    private S3Client client;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        store = TestStore.of(stub, "bucket");
        client = Clients.s3(StoreConfig.read(store.context().config()), http);
        assertInstanceOf(ShortcutClient.class, client);
        stub.put(
                "bucket",
                KEY,
                "content".getBytes(UTF_8),
                Map.of("content-type", "text/x", "cache-control", "no-store", "x-amz-meta-Name", "value"));
        stub.forgetRequests();
    }

    @AfterEach
    void close() {
        client.close();
        http.close();
        store.close();
        stub.close();
    }

    @Test
    void itsResponsesSayWhatTheSdksSay() throws Exception {
        assertSame(
                store.client().headObject(HEAD).toBuilder().lastModified(null).build(), client.headObject(HEAD));
        GetObjectRequest range = GET.toBuilder().range("bytes=1-3").build();
        for (GetObjectRequest request : new GetObjectRequest[] {GET, range}) {
            try (ResponseInputStream<GetObjectResponse> sdk = store.client().getObject(request);
                    ResponseInputStream<GetObjectResponse> ours = client.getObject(request)) {
                assertSame(sdk.response().toBuilder().lastModified(null).build(), ours.response());
                assertArrayEquals(sdk.readAllBytes(), ours.readAllBytes(), "body");
            }
        }
        RequestBody body = RequestBody.fromString("new");
        assertEquals(
                store.client().putObject(PUT, body).eTag(),
                client.putObject(PUT, body).eTag(),
                "put");
        assertEquals(8, stub.requests().size(), "each one request");
    }

    @Test
    void whatItDoesNotKnowGoesTheLongWay() {
        GetObjectRequest other = GET.toBuilder().ifNoneMatch("\"x\"").build();
        client.getObject(other, ResponseTransformer.toBytes());
        assertEquals("\"x\"", last().header("if-none-match").orElseThrow(), "the header is sent");
    }

    @Test
    void anotherBucketIsAnotherBucket() {
        stub.createBucket("other");
        assertThrows(
                NoSuchKeyException.class,
                () -> client.headObject(HEAD.toBuilder().bucket("other").build()));
    }

    /** A refusal counts when the SDK does not meet it: then it was about how we asked. */
    @Test
    void aStoreThatWantsTheSdkGetsIt() {
        for (int i = 0; i < 3; i++) {
            stub.inject(1, "HeadObject", new Fault.Status(403, ""));
            client.headObject(HEAD);
        }
        assertEquals(6, stub.count("HeadObject"), "refused, and asked again by the SDK");
        client.headObject(HEAD);
        assertEquals(7, stub.count("HeadObject"));
        assertEquals(true, last().header("amz-sdk-request").isPresent(), "by the SDK at once");
    }

    @Test
    void refusalsNowAndThenMeanNothing() {
        for (int i = 0; i < 5; i++) {
            stub.inject(1, "HeadObject", new Fault.Status(403, ""));
            client.headObject(HEAD);
            client.headObject(HEAD);
            assertEquals(false, last().header("amz-sdk-request").isPresent(), "by us");
        }
    }

    @ParameterizedTest
    @CsvSource({"412, PreconditionFailed", "404, NoSuchBucket", "400, EntityTooLarge", "501, NotImplemented"})
    void aRefusalThatIsOneIsNotAskedForTwice(int status, String code) {
        stub.inject(9, "PutObject", new Fault.Status(status, code));
        S3Exception e =
                assertThrows(S3Exception.class, () -> client.putObject(PUT, RequestBody.fromString("new")), code);
        assertEquals(status, e.statusCode());
        assertEquals(code, e.awsErrorDetails().errorCode());
        assertEquals(1, stub.count("PutObject"));
    }

    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, SlowDown", "429, TooManyRequests", "400, RequestTimeout"})
    void whatMayPassIsAskedForAgain(int status, String code) {
        stub.inject(1, "PutObject", new Fault.Status(status, code));
        client.putObject(PUT, RequestBody.fromString("new"));
        assertEquals(2, stub.count("PutObject"));
        assertArrayEquals(
                "new".getBytes(UTF_8), stub.object("bucket", KEY).orElseThrow().body());
    }

    private static void assertSame(SdkPojo expected, SdkPojo found) {
        assertTrue(expected.equalsBySdkFields(found), expected + " and " + found);
    }

    private StubRequest last() {
        return stub.requests().get(stub.requests().size() - 1);
    }
}
