package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.IngestException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Removes what was copied, and nothing else. It looks at the object immediately before, and the deletion itself is
 * conditional on the same ETag. A store that knows conditional deletes (S3 does) lets nothing slip between the two. One
 * that ignores or refuses the condition leaves a window as long as one request takes, in which an object that is
 * overwritten with other content would be removed; and none can tell apart an object that was overwritten with the same
 * content.
 */
final class S3CleanUp {
    private static final Logger log = LoggerFactory.getLogger(S3CleanUp.class);
    private static final Set<Integer> CONDITION_REFUSED = Set.of(400, 501);

    private final S3Connection connection;
    private volatile boolean conditional = true;

    S3CleanUp(S3Connection connection) {
        this.connection = connection;
    }

    CleanUpResult remove(String key, Optional<String> copied) throws IngestException, InterruptedException {
        Optional<ObjectAnswer> there = connection.head(key);
        if (there.isEmpty()) {
            return CleanUpResult.GONE;
        }
        Optional<String> version = Versions.of(there.get().eTag());
        if (copied.isPresent() && !version.equals(copied)) {
            return CleanUpResult.CHANGED;
        }
        return connection.call("remove " + connection.name(key), requests -> delete(requests.sdk(), key, version));
    }

    private CleanUpResult delete(S3Client client, String key, Optional<String> version) {
        DeleteObjectRequest plain = DeleteObjectRequest.builder()
                .bucket(connection.bucket())
                .key(key)
                .overrideConfiguration(S3Connection.BRIEF)
                .build();
        if (!conditional || version.isEmpty()) {
            client.deleteObject(plain);
            return CleanUpResult.REMOVED;
        }
        try {
            client.deleteObject(
                    plain.toBuilder().ifMatch(Versions.eTag(version.get())).build());
            return CleanUpResult.REMOVED;
        } catch (S3Exception e) {
            if (e.statusCode() == 412) {
                return CleanUpResult.CHANGED;
            }
            if (S3Errors.isAbsent(e)) {
                return CleanUpResult.GONE;
            }
            if (!CONDITION_REFUSED.contains(e.statusCode())) {
                throw e;
            }
        }
        client.deleteObject(plain);
        conditional = false;
        log.atInfo()
                .addKeyValue("bucket", connection.bucket())
                .log("the store refuses conditional deletes; objects are checked immediately before they are removed");
        return CleanUpResult.REMOVED;
    }
}
