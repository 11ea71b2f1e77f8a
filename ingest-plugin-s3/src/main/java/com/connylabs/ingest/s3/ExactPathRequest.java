package com.connylabs.ingest.s3;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** A request that shows its path only in its URI, where the SDK's Apache client takes it as it is. */
final class ExactPathRequest implements SdkHttpRequest {
    private final SdkHttpRequest request;

    ExactPathRequest(SdkHttpRequest request) {
        this.request = request;
    }

    @Override
    public String protocol() {
        return request.protocol();
    }

    @Override
    public String host() {
        return request.host();
    }

    @Override
    public int port() {
        return request.port();
    }

    @Override
    public String encodedPath() {
        return "/";
    }

    @Override
    public URI getUri() {
        return request.getUri();
    }

    @Override
    public Map<String, List<String>> rawQueryParameters() {
        return request.rawQueryParameters();
    }

    @Override
    public Optional<String> encodedQueryParameters() {
        return request.encodedQueryParameters();
    }

    @Override
    public SdkHttpMethod method() {
        return request.method();
    }

    @Override
    public Map<String, List<String>> headers() {
        return request.headers();
    }

    @Override
    public SdkHttpRequest.Builder toBuilder() {
        return request.toBuilder();
    }
}
