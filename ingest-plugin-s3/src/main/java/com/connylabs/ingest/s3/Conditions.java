package com.connylabs.ingest.s3;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Whether a store takes conditions with what it stores; found out when it is first asked. Safe to use from many threads. */
final class Conditions {
    private static final Logger log = LoggerFactory.getLogger(Conditions.class);

    private final String bucket;
    private final AtomicBoolean refused = new AtomicBoolean();

    Conditions(String bucket) {
        this.bucket = bucket;
    }

    boolean refused() {
        return refused.get();
    }

    /** What a store may answer that knows no conditions; whether it was that, the same request without one shows. */
    static boolean mayBeRefusal(S3Exception answer) {
        int status = answer.statusCode();
        return status == 501 || (status == 400 && !S3Errors.isKnown(S3Errors.code(answer)));
    }

    /** The request succeeded without its condition. */
    void refuse() {
        if (refused.compareAndSet(false, true)) {
            log.atInfo()
                    .addKeyValue("bucket", bucket)
                    .log("the store refuses conditions; what is there is looked at again before anything is stored");
        }
    }
}
