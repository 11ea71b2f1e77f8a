package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.ChangedException;
import com.connylabs.ingest.api.IngestException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

/**
 * Has the store copy one version of an object by itself. Not every store minds which version it is told to copy, so what it
 * has made is compared with that. Safe to use from many threads.
 */
final class ObjectCopier {
    private final S3Connection connection;

    ObjectCopier(S3Connection connection) {
        this.connection = connection;
    }

    /** Copies in one request; returns the copy's ETag if the store tells it. */
    Optional<String> copy(CopySource source, String key, Map<String, String> headers, Commit commit)
            throws IngestException, InterruptedException {
        return ofVersion(source, key, () -> {
            CopyObjectResponse response = commit.run(what(source, key), (requests, condition) -> {
                AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
                headers.forEach(override::putHeader);
                condition.forEach(override::putHeader);
                return requests.sdk()
                        .copyObject(CopyObjectRequest.builder()
                                .sourceBucket(source.bucket())
                                .sourceKey(source.key())
                                .copySourceIfMatch(source.eTag())
                                .destinationBucket(connection.bucket())
                                .destinationKey(key)
                                .metadataDirective(MetadataDirective.REPLACE)
                                .overrideConfiguration(override.build())
                                .build());
            });
            return Optional.ofNullable(response.copyObjectResult()).flatMap(result -> Versions.of(result.eTag()));
        });
    }

    /** Copies a range into an upload, and returns the part's ETag. */
    String copyPart(CopySource source, String key, String uploadId, int number, long offset, long length)
            throws IngestException, InterruptedException {
        UploadPartCopyRequest request = UploadPartCopyRequest.builder()
                .sourceBucket(source.bucket())
                .sourceKey(source.key())
                .copySourceIfMatch(source.eTag())
                .copySourceRange("bytes=" + offset + "-" + (offset + length - 1))
                .destinationBucket(connection.bucket())
                .destinationKey(key)
                .uploadId(uploadId)
                .partNumber(number)
                .build();
        return ofVersion(source, key, () -> {
            UploadPartCopyResponse response =
                    connection.call("part " + number + ": " + what(source, key), requests -> requests.sdk()
                            .uploadPartCopy(request));
            return response.copyPartResult() == null
                    ? ""
                    : response.copyPartResult().eTag();
        });
    }

    private interface Copying<T> {
        T run() throws IngestException, InterruptedException;
    }

    /** Whether source or destination has changed, both are looked at again. */
    private <T> T ofVersion(CopySource source, String key, Copying<T> copying)
            throws IngestException, InterruptedException {
        try {
            return copying.run();
        } catch (IngestException e) {
            if (e.getCause() instanceof S3Exception answer
                    && (answer.statusCode() == 412 || S3Errors.code(answer).equals("NoSuchKey"))) { // not NoSuchUpload
                throw new ChangedException(what(source, key) + ": it was changed meanwhile; it is looked at again", e);
            }
            throw e;
        }
    }

    /** Whether the source still has that version: then nothing else can have been copied from it. */
    boolean unchanged(CopySource source) throws IngestException, InterruptedException {
        return connection
                .head(source.bucket(), source.key())
                .flatMap(head -> Versions.of(head.eTag()))
                .equals(Optional.of(source.version()));
    }

    /** Whether the copy has the length and the record of what was to be copied. */
    boolean isLike(CopySource source, String key, long length) throws IngestException, InterruptedException {
        return connection
                .head(key)
                .filter(copy -> Attributes.isCopy(copy, length, source.version()))
                .isPresent();
    }

    private String what(CopySource source, String key) {
        return "copy " + S3Uris.name(source.bucket(), source.key()) + " to " + connection.name(key);
    }
}
