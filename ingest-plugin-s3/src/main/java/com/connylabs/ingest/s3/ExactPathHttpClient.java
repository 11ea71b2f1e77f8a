package com.connylabs.ingest.s3;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends paths as they were signed. The SDK's Apache client sends {@code a//b} as {@code a/%2Fb}, which S3 decodes before
 * it checks the signature, but stores that take the path as it comes refuse.
 */
final class ExactPathHttpClient implements SdkHttpClient {
    private final SdkHttpClient client;

    ExactPathHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest http = request.httpRequest();
        String path = http.encodedPath();
        // Two slashes at the very start (only with the bucket in the host name) are lost unless the SDK rewrites them.
        if (!path.contains("//") || path.startsWith("//")) {
            return client.prepareRequest(request);
        }
        HttpExecuteRequest.Builder exact = HttpExecuteRequest.builder().request(new ExactPathRequest(http));
        request.contentStreamProvider().ifPresent(exact::contentStreamProvider);
        request.metricCollector().ifPresent(exact::metricCollector);
        return client.prepareRequest(exact.build());
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
