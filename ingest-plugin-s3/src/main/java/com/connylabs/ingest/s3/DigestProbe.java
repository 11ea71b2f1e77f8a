package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a store compares what arrives with its Content-MD5. Most do, some ignore it, and nothing but a try tells which: a
 * part of an upload that is aborted in any case. Safe to use from many threads.
 */
final class DigestProbe {
    private static final Logger log = LoggerFactory.getLogger(DigestProbe.class);

    /** A store that has not said it by then has something against the question. */
    private static final int MOST_QUESTIONS = 3;

    private final S3Connection connection;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Boolean compares;
    private int questions;

    DigestProbe(S3Connection connection) {
        this.connection = connection;
    }

    /** False while it is not known: who asks has another way, and does not wait. */
    boolean comparesMd5(S3Upload.Plan plan) throws InterruptedException {
        if (compares == null && asking.tryLock()) {
            try {
                if (compares == null) {
                    ask(plan);
                }
            } finally {
                asking.unlock();
            }
        }
        return Boolean.TRUE.equals(compares);
    }

    /** It has been seen to take what is wrong. */
    void distrust() {
        compares = false;
    }

    private void ask(S3Upload.Plan plan) throws InterruptedException {
        try (S3Upload upload = S3Upload.begin(connection, plan)) {
            compares = !upload.takesWrongMd5();
        } catch (PermanentException e) {
            compares = false;
            log.atDebug().setCause(e).log("the store does not say whether it compares MD5s");
        } catch (IngestException e) {
            log.atDebug().setCause(e).log("the store could not be asked whether it compares MD5s");
            if (compares == null && ++questions == MOST_QUESTIONS) {
                compares = false;
            }
        }
    }
}
