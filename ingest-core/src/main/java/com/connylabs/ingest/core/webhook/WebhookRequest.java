package com.connylabs.ingest.core.webhook;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One POST with a JSON array of URIs, signed if there is a secret. */
final class WebhookRequest {
    /** Name of the signature header; its value is {@code sha256=} and the HMAC of the body in hexadecimal digits. */
    static final String SIGNATURE = "X-Ingest-Signature-256";

    private static final JsonFactory JSON = new JsonFactory();

    private final WebhookOptions options;
    private final HttpClient http;

    WebhookRequest(WebhookOptions options) {
        this.options = options;
        // HTTP/1.1: an upgrade offer confuses small servers, and one connection at a time needs no more.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(min(options.timeout(), Duration.ofSeconds(10)))
                .build();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    void post(List<URI> uris) throws IngestException, InterruptedException {
        byte[] body = body(uris);
        HttpRequest.Builder request = HttpRequest.newBuilder(options.url())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        options.secret().ifPresent(secret -> request.header(SIGNATURE, signature(secret.reveal(), body)));
        int status = status(request.build());
        if (status / 100 != 2) {
            throw new TransientException(message("answered with status " + status));
        }
    }

    /** The client's own time-out ends with the answer's head; this one is for the whole of it. */
    private int status(HttpRequest request) throws TransientException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(options.timeout().toNanos(), TimeUnit.NANOSECONDS).statusCode();
        } catch (TimeoutException e) {
            throw new TransientException(
                    message("gave no answer within " + options.timeout().toMillis() + " ms"), e);
        } catch (ExecutionException e) {
            throw new TransientException(message("could not be called: " + e.getCause()), e);
        } finally {
            answer.cancel(true);
        }
    }

    private String message(String how) {
        return "webhook " + shown() + " " + how + "; the objects are stored, the call is made again";
    }

    private static byte[] body(List<URI> uris) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartArray();
            uris.forEach(uri -> json.writeString(uri.toString()));
            json.writeEndArray();
        }
        return out.toByteArray();
    }

    static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** The address without user, password and query, which may hold a token. */
    private String shown() {
        URI url = options.url();
        try {
            return new URI(url.getScheme(), null, url.getHost(), url.getPort(), url.getPath(), null, null).toString();
        } catch (URISyntaxException e) {
            return String.valueOf(url.getHost());
        }
    }
}
