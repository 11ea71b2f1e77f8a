package com.connylabs.ingest.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks signatures of version 4 in the Authorization header, as S3 wants them: the path is encoded once and not
 * normalised, and a payload that was hashed must have that hash.
 */
final class StubSignature {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8}/[^/]+/s3/aws4_request), *SignedHeaders=([^,]+), *Signature=(\\w+)");

    private final String accessKey;
    private final String secretKey;

    StubSignature(String accessKey, String secretKey) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    void check(StubRequest request) {
        Matcher given = AUTHORIZATION.matcher(request.header("authorization").orElse(""));
        if (!given.matches()) {
            throw new StubError(403, "AccessDenied");
        }
        if (!given.group(1).equals(accessKey)) {
            throw new StubError(403, "InvalidAccessKeyId");
        }
        String payload = request.header("x-amz-content-sha256").orElse("");
        if (payload.startsWith("STREAMING-")) {
            throw new StubError(501, "NotImplemented"); // many stores know no chunked signatures
        }
        String date = request.header("x-amz-date").orElse("");
        String scope = given.group(2);
        String toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n"
                + sha256(canonical(request, given.group(3), payload).getBytes(UTF_8));
        byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        if (!HexFormat.of().formatHex(hmac(key, toSign)).equals(given.group(4))) {
            throw new StubError(403, "SignatureDoesNotMatch");
        }
        if (!payload.equals("UNSIGNED-PAYLOAD") && !payload.equals(sha256(request.body()))) {
            throw new StubError(400, "XAmzContentSHA256Mismatch");
        }
    }

    private static String canonical(StubRequest request, String signedHeaders, String payload) {
        String query = Arrays.stream(request.rawQuery().split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.contains("=") ? pair : pair + "=")
                .sorted()
                .collect(Collectors.joining("&"));
        String headers = Arrays.stream(signedHeaders.split(";", -1))
                .map(name -> name.toLowerCase(Locale.ROOT) + ":"
                        + request.header(name).orElse("").trim().replaceAll(" +", " ") + "\n")
                .collect(Collectors.joining());
        return String.join("\n", request.method(), request.path(), query, headers, signedHeaders, payload);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256", bytes));
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
