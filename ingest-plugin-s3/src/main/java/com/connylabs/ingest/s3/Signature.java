package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Signs requests to S3 in their headers. Safe to use from many threads.
 *
 * <p>Source: Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)".
 */
final class Signature {
    /** Instead of the SHA-256 of a body, where TLS protects that. */
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    /** The SHA-256 of nothing. */
    static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final String SERVICE = "s3";
    private static final String TERMINATOR = "aws4_request";
    private static final Pattern BLANKS = Pattern.compile(" +");
    private static final int BUFFER = 64 << 10;

    private final String region;
    private volatile @Nullable Key lastKey;

    /** What a day's requests are signed with. No record, which would print the secret. */
    private static final class Key {
        private final String day;
        private final String secret;
        private final SecretKeySpec derived;

        Key(String day, String secret, String region) {
            this.day = day;
            this.secret = secret;
            byte[] bytes = hmac(spec(("AWS4" + secret).getBytes(UTF_8)), day);
            for (String part : new String[] {region, SERVICE, TERMINATOR}) {
                bytes = hmac(spec(bytes), part);
            }
            this.derived = spec(bytes);
        }

        boolean isFor(String otherDay, String otherSecret) {
            return day.equals(otherDay) && secret.equals(otherSecret);
        }
    }

    Signature(String region) {
        this.region = region;
    }

    /**
     * Adds to the headers of a request what shows who sends it.
     *
     * @param path as it is sent
     * @param query parameters, encoded
     * @param headers all that are to be signed, {@code host} among them, by names in lower case
     * @param bodyHash SHA-256 of the body in hexadecimal digits, or {@link #UNSIGNED}
     */
    void sign(
            String method,
            String path,
            NavigableMap<String, String> query,
            NavigableMap<String, String> headers,
            String bodyHash,
            AwsCredentials credentials,
            Instant now) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(now.getEpochSecond(), 0, ZoneOffset.UTC);
        String day = digits(time.getYear(), 4) + digits(time.getMonthValue(), 2) + digits(time.getDayOfMonth(), 2);
        String second =
                day + "T" + digits(time.getHour(), 2) + digits(time.getMinute(), 2) + digits(time.getSecond(), 2) + "Z";
        headers.put("x-amz-content-sha256", bodyHash);
        headers.put("x-amz-date", second);
        if (credentials instanceof AwsSessionCredentials session) {
            headers.put("x-amz-security-token", session.sessionToken());
        }
        String names = String.join(";", headers.keySet());
        String canonical = canonical(method, path, query, headers, names, bodyHash);
        String scope = day + "/" + region + "/" + SERVICE + "/" + TERMINATOR;
        String toSign =
                ALGORITHM + "\n" + second + "\n" + scope + "\n" + hex(sha256().digest(canonical.getBytes(UTF_8)));
        String signature = hex(hmac(key(day, credentials.secretAccessKey()), toSign));
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + signature);
    }

    private static String canonical(
            String method,
            String path,
            NavigableMap<String, String> query,
            NavigableMap<String, String> headers,
            String names,
            String bodyHash) {
        StringBuilder text = new StringBuilder(512)
                .append(method)
                .append('\n')
                .append(path)
                .append('\n')
                .append(joined(query))
                .append('\n');
        headers.forEach((name, value) ->
                text.append(name).append(':').append(trimmed(value)).append('\n'));
        return text.append('\n').append(names).append('\n').append(bodyHash).toString();
    }

    /** Parameters as they are signed, which is how they are sent, too. */
    static String joined(NavigableMap<String, String> query) {
        StringJoiner joined = new StringJoiner("&");
        query.forEach((name, value) -> joined.add(name + "=" + value));
        return joined.toString();
    }

    /** Without blanks at its ends, and with one where there are several. */
    private static String trimmed(String value) {
        String text = value.strip();
        return text.contains("  ") ? BLANKS.matcher(text).replaceAll(" ") : text;
    }

    private SecretKeySpec key(String day, String secret) {
        Key key = lastKey;
        if (key == null || !key.isFor(day, secret)) {
            key = new Key(day, secret, region);
            lastKey = key;
        }
        return key.derived;
    }

    private static SecretKeySpec spec(byte[] key) {
        return new SecretKeySpec(key, HMAC);
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** The SHA-256 of a body, which is read for that, in hexadecimal digits. */
    static String hash(Content content) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, content.length()))];
        try (InputStream in = content.stream().newStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return hex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String digits(int number, int count) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, count - digits.length())) + digits;
    }
}
