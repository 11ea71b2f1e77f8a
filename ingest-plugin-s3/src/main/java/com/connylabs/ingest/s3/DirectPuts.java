package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.TransientException;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Stores objects that only pass through: one request each, and the store compares what arrives with the MD5 that the source
 * states. Only where a store has shown that it does compare. Safe to use from many threads.
 */
final class DirectPuts {
    /** What S3 takes in one request. */
    private static final long MOST = 5L << 30;

    private static final int REMEMBERED = 1_000;

    private final S3Connection connection;
    private final ObjectWriter writer;
    private final DigestProbe probe;
    private final Set<String> failed = Collections.synchronizedSet(Collections.newSetFromMap(new Failed()));

    DirectPuts(S3Connection connection) {
        this.connection = connection;
        this.writer = new ObjectWriter(connection);
        this.probe = new DigestProbe(connection);
    }

    /** Those that failed lately; what it was does not matter, because the other way knows more remedies. */
    private static final class Failed extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }

    /** Whether an object can be stored so. */
    boolean workFor(S3Upload.Plan plan, ObjectAttributes attributes) throws InterruptedException {
        return md5(attributes).isPresent()
                && attributes.length().orElse(MOST + 1) <= MOST
                && !failed.contains(plan.key())
                && connection.sendsOnce()
                && probe.comparesMd5(plan);
    }

    private static Optional<Checksum> md5(ObjectAttributes attributes) {
        return attributes.checksum().filter(sum -> sum.algorithm() == Checksum.Algorithm.MD5);
    }

    /** Stores it, and reads its body once. */
    URI put(S3Upload.Plan plan, IngestObject object) throws IngestException, InterruptedException {
        boolean stored = false;
        try {
            send(plan, object);
            stored = true;
        } finally {
            if (!stored) {
                failed.add(plan.key());
            }
        }
        plan.finish().run();
        return connection.uri(plan.key());
    }

    private void send(S3Upload.Plan plan, IngestObject object) throws IngestException, InterruptedException {
        Checksum md5 = md5(object.attributes()).orElseThrow();
        long length = object.attributes().length().orElseThrow();
        PassedBody body = new PassedBody(object.body(), length, plan.commit());
        try {
            writer.putOnce(plan.key(), plan.headers(), md5.bytes(), length, body, plan.commit());
        } catch (IngestException e) {
            if (e.getCause() instanceof S3Exception answer
                    && S3Errors.code(answer).equals("BadDigest")) {
                throw new TransientException(
                        "store " + connection.uri(plan.key())
                                + ": what arrived does not have the checksum that the source states (" + md5 + ")",
                        e);
            }
            throw e;
        }
    }
}
