package com.connylabs.ingest.s3;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** The signature of a small object's PUT, without that of its body. */
@State(Scope.Benchmark)
public class SigningBenchmark {
    private static final String REGION = "us-east-1";
    private static final String HOST = "store.example.com";
    private static final String PATH = "/bucket/photos/2026/11/object-0000004711";
    private static final Map<String, String> HEADERS = Map.of(
            "host", HOST, "content-type", "application/octet-stream", "x-amz-meta-source-etag", "900150983cd24fb0");

    private final AwsCredentials key = AwsBasicCredentials.create("key", "secret");
    private final Signature signature = new Signature(REGION);
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    /** As small requests are signed. */
    @Benchmark
    public NavigableMap<String, String> ours() {
        NavigableMap<String, String> headers = new TreeMap<>(HEADERS);
        signature.sign("PUT", PATH, new TreeMap<>(), headers, Signature.UNSIGNED, key, Instant.now());
        return headers;
    }

    /** As all others are. */
    @Benchmark
    public SdkHttpRequest sdk() {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .protocol("https")
                .host(HOST)
                .encodedPath(PATH);
        HEADERS.forEach(request::putHeader);
        return signer.sign(sign -> sign.identity(key)
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, REGION)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
                .request();
    }
}
