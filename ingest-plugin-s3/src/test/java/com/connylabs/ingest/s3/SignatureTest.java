package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Compared with Amazon's examples, and with the SDK. */
class SignatureTest {
    private static final AwsCredentials EXAMPLE =
            AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static final Instant DAY = Instant.parse("2013-05-24T00:00:00Z");
    private static final String HOST = "examplebucket.s3.amazonaws.com";
    private static final int RANDOM_REQUESTS = 500;
    private static final String CHARACTERS = "aZ09-_.~/ +%&=:;,@!$'()*\u00e4\u20ac\"<>?#[]";

    @Test
    void anObjectIsReadAsInTheReference() {
        assertEquals(
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
                signature("GET", "/test.txt", Map.of(), Map.of("range", "bytes=0-9"), Signature.EMPTY));
    }

    @Test
    void anObjectIsStoredAsInTheReference() throws Exception {
        Map<String, String> headers =
                Map.of("date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY");
        assertEquals(
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
                signature(
                        "PUT",
                        "/test%24file.text",
                        Map.of(),
                        headers,
                        Signature.hash(Content.of("Welcome to Amazon S3.".getBytes(UTF_8)))));
    }

    @Test
    void aBucketIsListedAsInTheReference() {
        assertEquals(
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
                signature("GET", "/", Map.of("max-keys", "2", "prefix", "J"), Map.of(), Signature.EMPTY));
    }

    private static String signature(
            String method, String path, Map<String, String> query, Map<String, String> headers, String hash) {
        NavigableMap<String, String> all = new TreeMap<>(headers);
        all.put("host", HOST);
        new Signature("us-east-1").sign(method, path, new TreeMap<>(query), all, hash, EXAMPLE, DAY);
        String authorization = all.get("authorization");
        return authorization.substring(authorization.indexOf("Signature=") + "Signature=".length());
    }

    @Test
    void whateverIsSignedTheSdkSignsInTheSameWay() throws Exception {
        Random random = new Random(4711);
        Signature ours = new Signature("eu-central-1");
        for (int i = 0; i < RANDOM_REQUESTS; i++) {
            // Some in a row are of one day and of one key, as it is with most.
            Instant now = DAY.plusSeconds(i * 20_000L);
            AwsCredentials key = List.of(EXAMPLE, AwsSessionCredentials.create("b", "other", "token"))
                    .get(i / 10 % 2);
            byte[] body = text(random, 40).getBytes(UTF_8);
            String path = "/bucket/" + S3Uris.encodeKey(text(random, 20));
            NavigableMap<String, String> query = new TreeMap<>();
            Map<String, String> headers = new TreeMap<>(Map.of("host", "store.example.com:9000"));
            for (int n = random.nextInt(4); n > 0; n--) {
                query.put("p" + text(random, 3), text(random, 10));
                headers.put("x-amz-meta-" + n, random.nextBoolean() ? "a" : " b  c ");
            }
            assertEquals(
                    bySdk(path, query, headers, body, key, now),
                    ours(ours, path, query, headers, body, key, now),
                    path + " " + query + " " + headers);
        }
    }

    private static String ours(
            Signature signature,
            String path,
            NavigableMap<String, String> query,
            Map<String, String> headers,
            byte[] body,
            AwsCredentials key,
            Instant now)
            throws Exception {
        NavigableMap<String, String> encoded = new TreeMap<>();
        query.forEach((name, value) -> encoded.put(S3Uris.encodeParameter(name), S3Uris.encodeParameter(value)));
        NavigableMap<String, String> all = new TreeMap<>(headers);
        signature.sign("PUT", path, encoded, all, Signature.hash(Content.of(body)), key, now);
        return all.get("authorization");
    }

    private static String bySdk(
            String path,
            NavigableMap<String, String> query,
            Map<String, String> headers,
            byte[] body,
            AwsCredentials key,
            Instant now) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .protocol("http")
                .host("store.example.com")
                .port(9000)
                .encodedPath(path);
        query.forEach(request::putRawQueryParameter);
        headers.forEach(request::putHeader);
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(key)
                        .request(request.build())
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
                .request()
                .firstMatchingHeader("Authorization")
                .orElseThrow();
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most); n >= 0; n--) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }
}
