package com.connylabs.ingest.s3;

import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Refuses answers whose head is not whole. When a connection ends in the middle of a head, Apache's client takes that for
 * the end of the headers and the rest for an empty body: an object without content, a listing without entries. No store
 * leaves out how long a body is, so what does not say so has been cut.
 */
final class WholeHeadsHttpClient implements SdkHttpClient {
    /** Those whose answers have bodies that matter. */
    private static final Set<String> METHODS = Set.of("GET", "POST");

    private final SdkHttpClient client;

    WholeHeadsHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        return METHODS.contains(request.httpRequest().method().name()) ? new Checked(prepared) : prepared;
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }

    private record Checked(ExecutableHttpRequest request) implements ExecutableHttpRequest {
        @Override
        public HttpExecuteResponse call() throws IOException {
            HttpExecuteResponse answer = request.call();
            if (answer.httpResponse().isSuccessful() && !isWhole(answer.httpResponse())) {
                answer.responseBody().ifPresent(body -> body.abort());
                throw new IOException("the connection ended in the middle of the answer's head");
            }
            return answer;
        }

        @Override
        public void abort() {
            request.abort();
        }

        private static boolean isWhole(SdkHttpResponse head) {
            return head.statusCode() == 204
                    || head.firstMatchingHeader("Content-Length").isPresent()
                    || head.firstMatchingHeader("Transfer-Encoding").isPresent();
        }
    }
}
