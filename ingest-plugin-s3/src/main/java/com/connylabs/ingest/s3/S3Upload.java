package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Part;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.Upload;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/** A multipart upload. */
final class S3Upload implements Upload {
    private final S3Connection connection;
    private final ObjectWriter writer;
    private final Plan plan;
    private final String uploadId;
    private final NavigableMap<Integer, Sent> parts = new ConcurrentSkipListMap<>();
    private boolean ended;

    /**
     * What is to become of it.
     *
     * @param key the object's key
     * @param headers what it is stored with
     * @param version the version that it is copied from
     * @param commit makes it visible
     * @param finish what is to be done when it is there
     */
    record Plan(String key, Map<String, String> headers, Optional<String> version, Commit commit, Finish finish) {}

    /** What is to be done when the object is there. */
    interface Finish {
        void run() throws IngestException, InterruptedException;
    }

    private record Sent(long offset, long length, String eTag) {}

    private S3Upload(S3Connection connection, Plan plan, String uploadId) {
        this.connection = connection;
        this.writer = new ObjectWriter(connection);
        this.plan = plan;
        this.uploadId = uploadId;
    }

    static S3Upload begin(S3Connection connection, Plan plan) throws IngestException, InterruptedException {
        Resent resent = new Resent();
        AwsRequestOverrideConfiguration.Builder override =
                S3Connection.BRIEF.toBuilder().addMetricPublisher(resent);
        plan.headers().forEach(override::putHeader);
        CreateMultipartUploadRequest request = CreateMultipartUploadRequest.builder()
                .bucket(connection.bucket())
                .key(plan.key())
                .overrideConfiguration(override.build())
                .build();
        String id = connection.call(
                "begin to store " + connection.name(plan.key()),
                requests -> requests.sdk().createMultipartUpload(request).uploadId());
        if (resent.happened()) {
            // The store may have begun one each time that it was asked. If this fails, the next attempt aborts them
            // all.
            new UnfinishedUploads(connection).abortOthers(plan.key(), id);
        }
        return new S3Upload(connection, plan, id);
    }

    @Override
    public void put(Part part) throws IngestException, InterruptedException {
        if (part.number() > PartSizes.MAX_PARTS) {
            throw new PermanentException(what() + ": more than 10,000 parts; a larger partSize makes fewer of them");
        }
        String eTag = writer.putPart(plan.key(), uploadId, part.number(), part.length(), part::open);
        parts.put(part.number(), new Sent(part.offset(), part.length(), eTag));
    }

    /** Whether the store takes a part that does not have the MD5 that is stated. Then the upload is good for nothing else. */
    boolean takesWrongMd5() throws IngestException, InterruptedException {
        return writer.takesWrongMd5(plan.key(), uploadId);
    }

    /** As {@link #put}, of what the store has already. */
    void copy(int number, long offset, long length, CopySource source) throws IngestException, InterruptedException {
        String eTag = new ObjectCopier(connection).copyPart(source, plan.key(), uploadId, number, offset, length);
        parts.put(number, new Sent(offset, length, eTag));
    }

    @Override
    public URI complete(long length) throws IngestException, InterruptedException {
        checkWhole(length);
        if (length == 0) {
            // An upload has at least one part, and not every store takes an empty one; close() aborts the upload.
            writer.put(plan.key(), plan.headers(), 0, InputStream::nullInputStream, plan.commit());
        } else {
            completeParts(length);
        }
        plan.finish().run();
        return connection.uri(plan.key());
    }

    private void checkWhole(long length) throws TransientException {
        long offset = 0;
        for (Map.Entry<Integer, Sent> part : parts.entrySet()) {
            if (part.getValue().offset() != offset) {
                throw new TransientException(what() + ": part " + part.getKey() + " begins at "
                        + part.getValue().offset() + ", but those before it end at " + offset);
            }
            offset += part.getValue().length();
        }
        if (offset != length) {
            throw new TransientException(what() + ": sent " + offset + " bytes of " + length);
        }
    }

    private void completeParts(long length) throws IngestException, InterruptedException {
        List<CompletedPart> completed = parts.entrySet().stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.getKey())
                        .eTag(part.getValue().eTag())
                        .build())
                .toList();
        try {
            plan.commit().run(what(), (requests, condition) -> requests.sdk()
                    .completeMultipartUpload(complete(completed, condition)));
            ended = true;
        } catch (IngestException e) {
            if (!isThere(length, e)) {
                throw e;
            }
            // It may be there because another worker was quicker: then ours is still open, and close() aborts it.
        }
    }

    private CompleteMultipartUploadRequest complete(List<CompletedPart> completed, Map<String, String> condition) {
        AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
        condition.forEach(override::putHeader);
        return CompleteMultipartUploadRequest.builder()
                .bucket(connection.bucket())
                .key(plan.key())
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(completed))
                .overrideConfiguration(override.build())
                .build();
    }

    /** When only the answer was lost, the SDK's second try is told that there is no such upload, or that it is there already. */
    private boolean isThere(long length, IngestException failure) throws InterruptedException {
        try {
            return plan.version().isPresent()
                    && connection
                            .head(plan.key())
                            .filter(object -> Attributes.isCopy(
                                    object, length, plan.version().get()))
                            .isPresent();
        } catch (IngestException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    @Override
    public void close() throws IngestException {
        if (ended) {
            return;
        }
        AbortMultipartUploadRequest request = AbortMultipartUploadRequest.builder()
                .bucket(connection.bucket())
                .key(plan.key())
                .uploadId(uploadId)
                .overrideConfiguration(S3Connection.BRIEF)
                .build();
        String what = "abort the upload of " + connection.name(plan.key());
        S3Connection.despiteInterrupt(
                what, () -> connection.find(what, requests -> requests.sdk().abortMultipartUpload(request)));
        ended = true;
    }

    private String what() {
        return "store " + connection.name(plan.key());
    }
}
