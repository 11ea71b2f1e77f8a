package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends bodies that can be read again. The store checks what arrives: over plain HTTP the signature covers the body's
 * SHA-256, and where it does not, the body's MD5 goes with it.
 */
final class ObjectWriter {
    private static final String MD5_HEADER = "content-md5";
    private static final String BODY_TYPE = "application/octet-stream";

    private final S3Connection connection;

    ObjectWriter(S3Connection connection) {
        this.connection = connection;
    }

    void put(String key, Map<String, String> headers, long length, ContentStreamProvider body, Commit commit)
            throws IngestException, InterruptedException {
        commit.run("store " + connection.name(key), (client, condition) -> {
            AwsRequestOverrideConfiguration.Builder override = withMd5(body);
            headers.forEach(override::putHeader);
            condition.forEach(override::putHeader);
            PutObjectRequest request = PutObjectRequest.builder()
                    .bucket(connection.bucket())
                    .key(key)
                    .overrideConfiguration(override.build())
                    .build();
            return client.putObject(
                    request, RequestBody.fromContentProvider(body, length, headers.get("content-type")));
        });
    }

    /** Sends a part, and returns its ETag. */
    String putPart(String key, String uploadId, int number, long length, ContentStreamProvider body)
            throws IngestException, InterruptedException {
        UploadPartResponse response =
                connection.call("store part " + number + " of " + connection.name(key), client -> {
                    UploadPartRequest request = UploadPartRequest.builder()
                            .bucket(connection.bucket())
                            .key(key)
                            .uploadId(uploadId)
                            .partNumber(number)
                            .overrideConfiguration(withMd5(body).build())
                            .build();
                    return client.uploadPart(request, RequestBody.fromContentProvider(body, length, BODY_TYPE));
                });
        return response.eTag();
    }

    /**
     * Stores an object whose body can be read once only. The store compares what arrives with its MD5.
     *
     * @return the answer
     */
    PutObjectResponse putOnce(
            String key, Map<String, String> headers, byte[] md5, long length, PassedBody body, Commit commit)
            throws IngestException, InterruptedException {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(MD5_HEADER, Base64.getEncoder().encodeToString(md5));
        RequestBody content = RequestBody.fromContentProvider(body, length, headers.get("content-type"));
        return commit.run("store " + connection.name(key), (client, condition) -> {
            all.putAll(condition);
            return ((ShortcutClient) client).putOnce(key, Map.of(), all, content);
        });
    }

    /** Sends a part with the MD5 of something else, as {@link #putOnce} sends objects. Returns whether the store takes it. */
    boolean takesWrongMd5(String key, String uploadId) throws IngestException, InterruptedException {
        Map<String, String> part = Map.of("partNumber", "1", "uploadId", uploadId);
        Map<String, String> wrong = Map.of(MD5_HEADER, md5(InputStream::nullInputStream));
        try {
            connection.call(
                    "ask whether " + connection.name(key) + " would be compared with its MD5",
                    client ->
                            ((ShortcutClient) client).putOnce(key, part, wrong, RequestBody.fromBytes(new byte[] {1})));
            return true;
        } catch (IngestException e) {
            if (e.getCause() instanceof S3Exception answer
                    && S3Errors.code(answer).equals("BadDigest")) {
                return false;
            }
            throw e;
        }
    }

    private AwsRequestOverrideConfiguration.Builder withMd5(ContentStreamProvider body) {
        AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
        return connection.needsContentMd5() ? override.putHeader(MD5_HEADER, md5(body)) : override;
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
