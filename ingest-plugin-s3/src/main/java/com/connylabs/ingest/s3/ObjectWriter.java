package com.connylabs.ingest.s3;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.IngestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Sends bodies that can be read again. The store checks what arrives: over plain HTTP the signature covers the body's
 * SHA-256, and where it does not, the body's MD5 goes with it.
 */
final class ObjectWriter {
    private static final String MD5_HEADER = "content-md5";

    private final S3Connection connection;

    ObjectWriter(S3Connection connection) {
        this.connection = connection;
    }

    void put(String key, Map<String, String> headers, long length, ContentStreamProvider body, Commit commit)
            throws IngestException, InterruptedException {
        commit.run("store " + connection.name(key), (requests, condition) -> {
            Map<String, String> all = withMd5(body);
            all.putAll(headers);
            all.putAll(condition);
            return requests.put(key, all, content(headers, body, length));
        });
    }

    /** Sends a part, and returns its ETag. */
    String putPart(String key, String uploadId, int number, long length, ContentStreamProvider body)
            throws IngestException, InterruptedException {
        ObjectAnswer answer = connection.call(
                "store part " + number + " of " + connection.name(key),
                requests -> requests.putPart(key, uploadId, number, withMd5(body), Content.of(body, length)));
        return answer.eTag() == null ? "" : answer.eTag();
    }

    /**
     * Stores an object whose body can be read once only. The store compares what arrives with its MD5.
     *
     * @return the answer
     */
    ObjectAnswer putOnce(
            String key, Map<String, String> headers, byte[] md5, long length, PassedBody body, Commit commit)
            throws IngestException, InterruptedException {
        return commit.run("store " + connection.name(key), (requests, condition) -> {
            Map<String, String> all = new TreeMap<>(headers);
            all.put(MD5_HEADER, Base64.getEncoder().encodeToString(md5));
            all.putAll(condition);
            return requests.putOnce(key, all, content(headers, body, length));
        });
    }

    private static Content content(Map<String, String> headers, ContentStreamProvider body, long length) {
        return new Content(body, length, requireNonNull(headers.get("content-type")));
    }

    /** Sends a part with the MD5 of something else, as {@link #putOnce} sends objects. Returns whether the store takes it. */
    boolean takesWrongMd5(String key, String uploadId) throws IngestException, InterruptedException {
        Map<String, String> wrong = Map.of(MD5_HEADER, md5(InputStream::nullInputStream));
        try {
            connection.call(
                    "ask whether " + connection.name(key) + " would be compared with its MD5",
                    requests -> requests.putPartOnce(key, uploadId, 1, wrong, Content.of(new byte[] {1})));
            return true;
        } catch (IngestException e) {
            if (e.getCause() instanceof S3Exception answer
                    && S3Errors.code(answer).equals("BadDigest")) {
                return false;
            }
            throw e;
        }
    }

    private Map<String, String> withMd5(ContentStreamProvider body) {
        Map<String, String> headers = new TreeMap<>();
        if (connection.needsContentMd5()) {
            headers.put(MD5_HEADER, md5(body));
        }
        return headers;
    }

    private static String md5(ContentStreamProvider body) {
        try (InputStream in = body.newStream()) {
            MessageDigest digest = md5();
            byte[] buffer = new byte[64 << 10];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
