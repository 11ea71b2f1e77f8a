package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.s3.UploadsPage.OpenUpload;
import com.connylabs.ingest.s3.UploadsPage.Place;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Aborts the uploads that workers began who died. They take space that is paid for, and nobody sees them. Where they may
 * not be listed or aborted, or the store does not know how, they stay; the log says so once.
 */
final class UnfinishedUploads {
    private static final Logger log = LoggerFactory.getLogger(UnfinishedUploads.class);

    private final S3Connection connection;
    private final AtomicBoolean told = new AtomicBoolean();

    UnfinishedUploads(S3Connection connection) {
        this.connection = connection;
    }

    /** Those of one object. */
    void abort(String key) throws IngestException, InterruptedException {
        Predicate<OpenUpload> exact = upload -> key.equals(upload.key());
        abort(key, exact, exact); // it is the first of all that begin with it
    }

    /** Those of one object that are not this one. */
    void abortOthers(String key, String uploadId) throws IngestException, InterruptedException {
        Predicate<OpenUpload> exact = upload -> key.equals(upload.key());
        abort(key, exact.and(upload -> !uploadId.equals(upload.id())), exact);
    }

    /** Those of all objects that a destination with this prefix can have begun. */
    void abortOlder(String prefix, Instant limit) throws IngestException, InterruptedException {
        String below = Keys.join(prefix, "");
        abort(below, upload -> upload.begun().filter(limit::isAfter).isPresent(), upload -> true);
    }

    /** Looks at the next page only if all on this one say that it may hold something. */
    private void abort(String prefix, Predicate<OpenUpload> which, Predicate<OpenUpload> goOn)
            throws IngestException, InterruptedException {
        String what = "list the unfinished uploads of " + connection.name(prefix);
        Optional<Place> place = Optional.empty();
        boolean more = true;
        while (more) {
            Optional<Place> after = place;
            Optional<UploadsPage> page = allowed(what, requests -> requests.uploads(prefix, after));
            if (page.isEmpty()) {
                return;
            }
            for (OpenUpload upload : page.get().uploads()) {
                if (upload.key().startsWith(prefix) && which.test(upload)) {
                    abort(upload);
                }
            }
            more = page.get().truncated() && page.get().uploads().stream().allMatch(goOn);
            place = page.get().next();
            if (more && (place.isEmpty() || place.equals(after))) {
                throw new EndpointException(what + ": the store says that there is more, but not how to go on");
            }
        }
    }

    private void abort(OpenUpload upload) throws IngestException, InterruptedException {
        boolean aborted = allowed("abort an unfinished upload of " + connection.name(upload.key()), requests -> {
                    try {
                        return requests.sdk().abortMultipartUpload(abort -> abort.bucket(connection.bucket())
                                .key(upload.key())
                                .uploadId(upload.id())
                                .overrideConfiguration(S3Connection.BRIEF));
                    } catch (S3Exception e) {
                        if (S3Errors.code(e).equals("NoSuchUpload")) {
                            return ""; // somebody else was quicker
                        }
                        throw e;
                    }
                })
                .isPresent();
        if (aborted) {
            log.atInfo().addKeyValue("key", upload.key()).log("aborted an upload that was never finished");
        }
    }

    /** Makes a request; empty if the store does not allow it, or does not know it. */
    private <T> Optional<T> allowed(String what, S3Connection.Call<T> call)
            throws IngestException, InterruptedException {
        try {
            return Optional.of(connection.call(what, call));
        } catch (IngestException e) {
            if (!(e.getCause() instanceof S3Exception answer) || !isRefusal(answer)) {
                throw e;
            }
            if (told.compareAndSet(false, true)) {
                log.atInfo()
                        .addKeyValue("reason", e.getMessage())
                        .log("uploads that were never finished stay; let the bucket's life cycle remove them");
            }
            return Optional.empty();
        }
    }

    private static boolean isRefusal(S3Exception answer) {
        String code = S3Errors.code(answer);
        return switch (answer.statusCode()) {
            case 403 -> code.isEmpty() || code.equals("AccessDenied");
            case 400 -> !S3Errors.isKnown(code);
            case 404 -> S3Errors.isAbsent(answer);
            default -> answer.statusCode() == 405 || answer.statusCode() == 501;
        };
    }
}
