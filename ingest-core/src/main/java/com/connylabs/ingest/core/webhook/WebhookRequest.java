package com.connylabs.ingest.core.webhook;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
                .timeout(options.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        options.secret().ifPresent(secret -> request.header(SIGNATURE, signature(secret.reveal(), body)));
        try {
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) {
                throw new TransientException("webhook " + shown() + " answered with status " + status
                        + "; the objects are stored, the call is made again");
            }
        } catch (IOException e) {
            throw new TransientException(
                    "webhook " + shown() + " could not be called: " + e
                            + "; the objects are stored, the call is made again",
                    e);
        }
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
