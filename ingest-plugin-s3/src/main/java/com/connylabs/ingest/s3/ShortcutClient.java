package com.connylabs.ingest.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Makes the requests that every object takes on a shorter way than the SDK, at less than half the cost. Whatever
 * asking again may change is left to the SDK, which asks once more: all that is to be known about retries, redirects, clocks
 * and interrupts stays in one place. Safe to use from many threads.
 */
final class ShortcutClient extends DelegatingS3Client {
    private static final Logger log = LoggerFactory.getLogger(ShortcutClient.class);

    /** So many refusals in a row of what the SDK then achieves, and the store wants something that only the SDK does. */
    private static final int MOST_REFUSALS = 3;

    /** From so many bytes on a store is asked whether it wants them before they are sent, as the SDK does. */
    private static final long ASK_FIRST = 1 << 20;

    private static final long MOST_TO_SKIP = 64 << 10;

    private static final AnswerFields HEAD = new AnswerFields(HeadObjectResponse.builder());
    private static final AnswerFields GET = new AnswerFields(GetObjectResponse.builder());
    private static final AnswerFields PUT = new AnswerFields(PutObjectResponse.builder());
    private static final AnswerFields PART = new AnswerFields(UploadPartResponse.builder());

    private final String bucket;
    private final ShortRequests requests;
    private final AtomicInteger refusals = new AtomicInteger();

    /** Reads an answer that says that it was done. */
    private interface Reader<T> {
        T read(HttpExecuteResponse answer) throws IOException;
    }

    /** For the objects of one bucket. */
    ShortcutClient(S3Client sdk, String bucket, ShortRequests requests) {
        super(sdk);
        this.bucket = bucket;
        this.requests = requests;
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        HeadObjectRequest understood = HeadObjectRequest.builder()
                .bucket(bucket)
                .key(request.key())
                .overrideConfiguration(settings(request))
                .build();
        return request.equals(understood)
                ? run(
                        of(SdkHttpMethod.HEAD, request.key(), headers(request), request),
                        answer -> HEAD.read(answer.httpResponse(), HeadObjectResponse.builder())
                                .build(),
                        () -> super.headObject(request))
                : super.headObject(request);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
        GetObjectRequest understood = GetObjectRequest.builder()
                .bucket(bucket)
                .key(request.key())
                .range(request.range())
                .ifMatch(request.ifMatch())
                .overrideConfiguration(settings(request))
                .build();
        if (!request.equals(understood)) {
            return super.getObject(request);
        }
        Map<String, String> headers = headers(request);
        Optional.ofNullable(request.range()).ifPresent(range -> headers.put("Range", range));
        Optional.ofNullable(request.ifMatch()).ifPresent(match -> headers.put("If-Match", match));
        return run(
                of(SdkHttpMethod.GET, request.key(), headers, request),
                ShortcutClient::body,
                () -> super.getObject(request));
    }

    private static ResponseInputStream<GetObjectResponse> body(HttpExecuteResponse answer) {
        GetObjectResponse response =
                GET.read(answer.httpResponse(), GetObjectResponse.builder()).build();
        return new ResponseInputStream<>(response, answer.responseBody().orElseGet(ShortcutClient::nothing));
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        PutObjectRequest understood = PutObjectRequest.builder()
                .bucket(bucket)
                .key(request.key())
                .overrideConfiguration(settings(request))
                .build();
        return request.equals(understood) && body.optionalContentLength().isPresent()
                ? run(
                        upload(request.key(), Map.of(), headers(request), body, true),
                        answer -> PUT.read(answer.httpResponse(), PutObjectResponse.builder())
                                .build(),
                        () -> super.putObject(request, body))
                : super.putObject(request, body);
    }

    @Override
    public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
        UploadPartRequest understood = UploadPartRequest.builder()
                .bucket(bucket)
                .key(request.key())
                .uploadId(request.uploadId())
                .partNumber(request.partNumber())
                .overrideConfiguration(settings(request))
                .build();
        if (!request.equals(understood) || body.optionalContentLength().isEmpty()) {
            return super.uploadPart(request, body);
        }
        Map<String, String> part = Map.of(
                "partNumber", Integer.toString(request.partNumber()),
                "uploadId", request.uploadId());
        return run(
                upload(request.key(), part, headers(request), body, true),
                answer -> PART.read(answer.httpResponse(), UploadPartResponse.builder())
                        .build(),
                () -> super.uploadPart(request, body));
    }

    /** Whether requests of ours do here. */
    boolean works() {
        return refusals.get() < MOST_REFUSALS;
    }

    /**
     * Stores an object, or a part, whose body can be read once only, and which only its Content-MD5 protects. It is tried once:
     * the SDK could not send it again either.
     *
     * @throws SdkException if it was not stored, or if nobody knows
     */
    PutObjectResponse putOnce(String key, Map<String, String> query, Map<String, String> headers, RequestBody body) {
        ShortRequests.Request request = upload(key, query, new TreeMap<>(headers), body, false);
        try {
            HttpExecuteResponse answer =
                    requests.send(request).orElseThrow(() -> SdkClientException.create("there are no credentials"));
            if (!answer.httpResponse().isSuccessful()) {
                throw refusal(answer);
            }
            try (InputStream rest = answer.responseBody().orElseGet(ShortcutClient::nothing)) {
                rest.skip(MOST_TO_SKIP); // so that the connection can be used again
            }
            return PUT.read(answer.httpResponse(), PutObjectResponse.builder()).build();
        } catch (IOException e) {
            throw SdkClientException.create("the connection failed: " + e, e);
        }
    }

    private static S3Exception refusal(HttpExecuteResponse answer) throws IOException {
        try {
            return ErrorAnswer.any(answer);
        } finally {
            answer.responseBody().ifPresent(AbortableInputStream::abort);
        }
    }

    private static AbortableInputStream nothing() {
        return AbortableInputStream.create(InputStream.nullInputStream());
    }

    private static @Nullable AwsRequestOverrideConfiguration settings(S3Request request) {
        return request.overrideConfiguration().orElse(null);
    }

    private static Map<String, String> headers(S3Request request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.overrideConfiguration()
                .ifPresent(all -> all.headers().forEach((name, values) -> headers.put(name, values.get(0))));
        return headers;
    }

    private static ShortRequests.Request of(
            SdkHttpMethod method, String key, Map<String, String> headers, S3Request request) {
        return new ShortRequests.Request(
                method,
                key,
                Map.of(),
                headers,
                Optional.empty(),
                true,
                request.overrideConfiguration().flatMap(AwsRequestOverrideConfiguration::apiCallAttemptTimeout));
    }

    private static ShortRequests.Request upload(
            String key, Map<String, String> query, Map<String, String> headers, RequestBody body, boolean signsBody) {
        long length = body.optionalContentLength().orElseThrow();
        headers.put("Content-Length", Long.toString(length));
        headers.putIfAbsent("Content-Type", body.contentType());
        if (length >= ASK_FIRST) {
            headers.put("Expect", "100-continue");
        }
        return new ShortRequests.Request(
                SdkHttpMethod.PUT,
                key,
                query,
                headers,
                Optional.of(body.contentStreamProvider()),
                signsBody,
                Optional.empty());
    }

    private <T> T run(ShortRequests.Request request, Reader<T> reader, Supplier<T> sdk) {
        if (!works()) {
            return sdk.get();
        }
        Optional<HttpExecuteResponse> answer = send(request);
        boolean refused = answer.isPresent() && answer.get().httpResponse().statusCode() < 500;
        if (refused && answer.get().httpResponse().isSuccessful()) {
            Optional<T> done = read(request, answer.get(), reader);
            if (done.isPresent()) {
                refusals.set(0);
                return done.get();
            }
            refused = false;
        }
        T done = sdk.get();
        if (refused) {
            refusals.incrementAndGet();
        }
        return done;
    }

    /**
     * Empty if there was no answer; the body of one that says that it was not done is given up.
     *
     * @throws S3Exception if the answer is one that asking again does not change
     */
    private Optional<HttpExecuteResponse> send(ShortRequests.Request request) {
        Optional<S3Exception> error;
        try {
            Optional<HttpExecuteResponse> answer = requests.send(request);
            if (answer.isEmpty() || answer.get().httpResponse().isSuccessful()) {
                return answer;
            }
            error = error(request, answer.get());
            if (error.isEmpty()) {
                return answer;
            }
        } catch (IOException | XMLStreamException | RuntimeException e) {
            failed(request, e);
            return Optional.empty();
        }
        throw error.get();
    }

    private static Optional<S3Exception> error(ShortRequests.Request request, HttpExecuteResponse answer)
            throws IOException, XMLStreamException {
        try {
            return ErrorAnswer.last(request.method(), answer);
        } finally {
            answer.responseBody().ifPresent(AbortableInputStream::abort);
        }
    }

    private static <T> Optional<T> read(ShortRequests.Request request, HttpExecuteResponse answer, Reader<T> reader) {
        try {
            T done = reader.read(answer);
            if (request.method() == SdkHttpMethod.PUT && answer.responseBody().isPresent()) {
                try (InputStream rest = answer.responseBody().get()) {
                    rest.skip(MOST_TO_SKIP); // so that the connection can be used again
                }
            }
            return Optional.of(done);
        } catch (IOException | RuntimeException e) {
            answer.responseBody().ifPresent(AbortableInputStream::abort);
            failed(request, e);
            return Optional.empty();
        }
    }

    private static void failed(ShortRequests.Request request, Exception e) {
        log.atDebug().addKeyValue("key", request.key()).setCause(e).log("request failed; the SDK tries again");
    }

    @Override
    public void close() {
        requests.close();
        super.close();
    }
}
