package com.connylabs.ingest.s3;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Requests about the objects of a bucket that take nothing of the SDK but its signature and its HTTP client. Each is tried
 * once. Safe to use from many threads.
 */
final class ShortRequests implements AutoCloseable {
    private final SdkHttpClient http;
    private final AwsCredentialsProvider credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final URI bucket;
    private final String region;
    private final ScheduledThreadPoolExecutor clock;

    /**
     * What to send.
     *
     * @param headers all but those that are about the signature and the connection
     * @param body what is sent, if there is anything
     * @param signsBody whether the signature covers the body on plain HTTP, for which it is read once more
     * @param limit how long the head of the answer may take, however slowly it drips in
     */
    record Request(
            SdkHttpMethod method,
            String key,
            Map<String, String> query,
            Map<String, String> headers,
            Optional<ContentStreamProvider> body,
            boolean signsBody,
            Optional<Duration> limit) {}

    /**
     * Requests to a bucket.
     *
     * @param http the client, which whoever made it closes
     * @param bucket the bucket's URL
     */
    ShortRequests(SdkHttpClient http, AwsCredentialsProvider credentials, URI bucket, String region) {
        this.http = http;
        this.credentials = credentials;
        this.bucket = bucket;
        this.region = region;
        this.clock = new ScheduledThreadPoolExecutor(1, ShortRequests::thread);
        clock.setRemoveOnCancelPolicy(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "s3-time");
        thread.setDaemon(true);
        thread.setContextClassLoader(ShortRequests.class.getClassLoader());
        return thread;
    }

    /** Sends a request; the caller reads or aborts the body of the answer. Empty if there is no key to sign it with. */
    Optional<HttpExecuteResponse> send(Request request) throws IOException {
        AwsCredentials identity = credentials.resolveCredentials();
        if (identity.accessKeyId() == null) {
            return Optional.empty();
        }
        // The scheme is no part of the signature, but on plain HTTP the signer always reads the body.
        boolean disguised = isPlain() && !request.signsBody();
        SignedRequest signed = signer.sign(sign -> {
            sign.identity(identity)
                    .request(unsigned(request, disguised ? "https" : bucket.getScheme()))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                    .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, isPlain() && !disguised);
            request.body().ifPresent(sign::payload);
        });
        SdkHttpRequest sent =
                disguised ? signed.request().toBuilder().protocol("http").build() : signed.request();
        HttpExecuteRequest.Builder execute = HttpExecuteRequest.builder().request(sent);
        signed.payload().ifPresent(execute::contentStreamProvider);
        return Optional.of(call(http.prepareRequest(execute.build()), request.limit()));
    }

    private boolean isPlain() {
        return bucket.getScheme().equals("http");
    }

    private SdkHttpRequest unsigned(Request request, String scheme) {
        String start = bucket.getRawPath();
        SdkHttpRequest.Builder http = SdkHttpRequest.builder()
                .method(request.method())
                .protocol(scheme)
                .host(bucket.getHost())
                .encodedPath((start.endsWith("/") ? start : start + "/") + S3Uris.encodeKey(request.key()));
        http.port(bucket.getPort() >= 0 ? bucket.getPort() : isPlain() ? 80 : 443);
        request.query().forEach(http::putRawQueryParameter);
        request.headers().forEach(http::putHeader);
        return http.build();
    }

    private HttpExecuteResponse call(ExecutableHttpRequest request, Optional<Duration> limit) throws IOException {
        if (limit.isEmpty()) {
            return request.call();
        }
        ScheduledFuture<?> end = clock.schedule(request::abort, limit.get().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return request.call();
        } finally {
            end.cancel(false);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
