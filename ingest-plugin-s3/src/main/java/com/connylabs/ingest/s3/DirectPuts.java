package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.TransientException;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
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
    private final S3CleanUp cleanUp;
    private final Set<String> tried = Collections.synchronizedSet(Collections.newSetFromMap(new Tried()));

    /** Lower where one of that length was refused for good: whoever refused it may take parts. */
    private final AtomicLong most = new AtomicLong(MOST);

    DirectPuts(S3Connection connection) {
        this.connection = connection;
        this.writer = new ObjectWriter(connection);
        this.probe = new DigestProbe(connection);
        this.cleanUp = new S3CleanUp(connection);
    }

    /**
     * Those that are on their way, or have failed lately. What it was does not matter, because the other way knows more remedies;
     * and one that hangs may have been given up long before it fails.
     */
    private static final class Tried extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }

    /** Whether an object can be stored so. */
    boolean workFor(S3Upload.Plan plan, ObjectAttributes attributes) throws InterruptedException {
        return md5(attributes).isPresent()
                && attributes.length().orElse(Long.MAX_VALUE) <= most.get()
                && !tried.contains(plan.key())
                && connection.sendsOnce()
                && probe.comparesMd5(plan);
    }

    private static Optional<Checksum> md5(ObjectAttributes attributes) {
        return attributes.checksum().filter(sum -> sum.algorithm() == Checksum.Algorithm.MD5);
    }

    /** Stores it, and reads its body once. */
    URI put(S3Upload.Plan plan, IngestObject object) throws IngestException, InterruptedException {
        Checksum md5 = md5(object.attributes()).orElseThrow();
        tried.add(plan.key());
        ObjectAnswer answer = send(plan, object, md5);
        Optional<Checksum> stored = Attributes.md5(answer);
        if (stored.isPresent() && !stored.get().equals(md5)) {
            probe.distrust();
            throw removed(plan, answer.eTag(), new TransientException(otherContent(plan, md5)));
        }
        tried.remove(plan.key());
        plan.finish().run();
        return connection.uri(plan.key());
    }

    private ObjectAnswer send(S3Upload.Plan plan, IngestObject object, Checksum md5)
            throws IngestException, InterruptedException {
        long length = object.attributes().length().orElseThrow();
        PassedBody body = new PassedBody(object.body(), length, plan.commit());
        try {
            return writer.putOnce(plan.key(), plan.headers(), md5.bytes(), length, body, plan.commit());
        } catch (PermanentException e) {
            most.accumulateAndGet(length - 1, Math::min);
            throw new TransientException(e.getMessage() + "; it is sent in parts when it is tried again", e);
        } catch (IngestException e) {
            if (e.getCause() instanceof S3Exception answer
                    && S3Errors.code(answer).equals("BadDigest")) {
                throw new TransientException(otherContent(plan, md5), e);
            }
            throw e;
        }
    }

    private String otherContent(S3Upload.Plan plan, Checksum md5) {
        return "store " + connection.name(plan.key())
                + ": what arrived does not have the checksum that the source states (" + md5 + ")";
    }

    /** Takes away what the store did not compare: it is recorded with a version that it does not have. */
    private IngestException removed(S3Upload.Plan plan, @Nullable String eTag, TransientException failure) {
        try {
            S3Connection.despiteInterrupt(
                    "remove " + connection.name(plan.key()), () -> cleanUp.remove(plan.key(), Versions.of(eTag)));
            return failure;
        } catch (IngestException e) {
            return new PermanentException(
                    failure.getMessage() + "; it is there, and would be taken for what it is not, so remove it: "
                            + e.getMessage(),
                    e);
        }
    }
}
