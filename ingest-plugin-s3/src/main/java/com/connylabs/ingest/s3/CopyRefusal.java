package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Whether a store copies by itself; found out when it is first asked. Safe to use from many threads. */
final class CopyRefusal {
    private static final Logger log = LoggerFactory.getLogger(CopyRefusal.class);

    /** What is wrong with an element, and would be with a download of it. */
    private static final Set<String> OF_ELEMENTS = Set.of("EntityTooLarge", "KeyTooLongError", "MetadataTooLarge");

    private final String bucket;
    private final AtomicBoolean refused = new AtomicBoolean();

    CopyRefusal(String bucket) {
        this.bucket = bucket;
    }

    boolean refused() {
        return refused.get();
    }

    /** Whether a store that cannot or must not copy answers so; remembered if it is. */
    boolean is(IngestException failure) {
        if (!(failure.getCause() instanceof S3Exception answer) || !mayBe(answer)) {
            return false;
        }
        if (refused.compareAndSet(false, true)) {
            log.atInfo()
                    .addKeyValue("bucket", bucket)
                    .addKeyValue("reason", failure.getMessage())
                    .log("the store does not copy objects by itself; they are downloaded and stored");
        }
        return true;
    }

    private static boolean mayBe(S3Exception answer) {
        String code = S3Errors.code(answer);
        return switch (answer.statusCode()) {
            case 400 -> !S3Errors.isKnown(code) && !OF_ELEMENTS.contains(code) && !code.startsWith("KMS.");
            case 403 -> code.isEmpty() || code.equals("AccessDenied");
            default -> answer.statusCode() == 405 || answer.statusCode() == 501;
        };
    }
}
