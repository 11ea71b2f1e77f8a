package com.connylabs.ingest.s3;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where a bucket is.
 *
 * @param url of the bucket
 * @param region that requests are signed for
 */
record BucketPlace(URI url, String region) {
    /** Without anything that the SDK would see more in than a name. */
    private static final Pattern PLAIN_BUCKET = Pattern.compile("[A-Za-z0-9._-]+");

    private static final String KEY = "key";

    /** Requests that are signed in another way are the SDK's. */
    private static final Pattern SIGNED =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=nobody/[0-9]{8}/([^/]+)/s3/aws4_request, .*");

    private static final AwsCredentialsProvider NOBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing"));

    /**
     * Where the SDK sends requests about a bucket's objects; empty if that is nowhere, or if it does more than sending them
     * there. Its rules, and what the environment and profiles say about them, take a second to load, so it is not asked where
     * everything is stated.
     */
    static Optional<BucketPlace> of(StoreConfig config, String region) {
        if (config.pathStyle()
                && !config.endpoint().isAws()
                && PLAIN_BUCKET.matcher(config.bucket()).matches()) {
            return Optional.of(new BucketPlace(config.endpoint().uri().resolve("/" + config.bucket()), region));
        }
        Nowhere http = new Nowhere();
        try (S3Client sdk = Clients.s3(config, NOBODY, http)) {
            sdk.headObject(head -> head.bucket(config.bucket()).key(KEY));
        } catch (SdkException e) {
            // It is not there; or what is wrong is said by the first request.
        }
        return http.asked().flatMap(BucketPlace::of);
    }

    private static Optional<BucketPlace> of(SdkHttpRequest head) {
        Matcher signed =
                SIGNED.matcher(head.firstMatchingHeader("Authorization").orElse(""));
        String url = head.getUri().toString();
        if (!url.endsWith("/" + KEY) || !signed.matches()) {
            return Optional.empty();
        }
        URI bucket = URI.create(url.substring(0, url.length() - KEY.length() - 1));
        return bucket.getHost() == null ? Optional.empty() : Optional.of(new BucketPlace(bucket, signed.group(1)));
    }

    /** Keeps what is to be sent, and finds nothing. */
    private static final class Nowhere implements SdkHttpClient {
        private final AtomicReference<SdkHttpRequest> first = new AtomicReference<>();

        Optional<SdkHttpRequest> asked() {
            return Optional.ofNullable(first.get());
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            first.compareAndSet(null, request.httpRequest());
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(404).build())
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
