package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Sighting;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Copies within a store: small objects in one request, large ones part by part. Safe to use from many threads.
 *
 * <p>A copy whose ETag is that of its source is sound. Where ETags say nothing (the source came in parts, or one of the two is
 * encrypted with a key of somebody's), a store that copied another version gives itself away because the source has changed.
 */
final class S3Copy {
    private final S3Connection connection;
    private final ObjectCopier copier;
    private final CopyRefusal refusal;
    private final Conditions conditions;
    private final Sizes sizes;

    /**
     * How large.
     *
     * @param single bytes that are copied in one request, at most
     * @param part bytes of a part of what is larger
     */
    record Sizes(long single, long part) {
        /**
         * S3 would copy up to 5 GiB in one request. But some stores say nothing before they have copied it all, and nobody
         * waits for that for more than half a minute.
         */
        static final Sizes DEFAULT = new Sizes(256L << 20, 128L << 20);
    }

    S3Copy(S3Connection connection, Sizes sizes) {
        this.connection = connection;
        this.copier = new ObjectCopier(connection);
        this.refusal = new CopyRefusal(connection.bucket());
        this.conditions = new Conditions(connection.bucket());
        this.sizes = sizes;
    }

    /** Whether it is worth trying. */
    boolean works() {
        return !refusal.refused();
    }

    /** A store may take conditions with what it is sent and not with what it copies, or the other way round. */
    Commit commit(long length, Sighting seen, Commit.Look look) {
        return length <= sizes.single()
                ? Commit.over(connection, conditions, seen, look)
                : Commit.over(connection, seen, look);
    }

    /**
     * Copies.
     *
     * @param length of the whole object
     * @param plan what is to become of it; of the version that the source states
     * @return empty if the store does not copy, or if it may be another version that was copied
     */
    Optional<URI> copy(CopySource source, long length, S3Upload.Plan plan, Runnable progress)
            throws IngestException, InterruptedException {
        if (source.version().startsWith("W/")) {
            return Optional.empty(); // a weak ETag matches nothing
        }
        try {
            boolean sound = length <= sizes.single()
                    ? copyWhole(source, length, plan)
                    : copyParts(source, length, plan, progress);
            return sound ? Optional.of(connection.uri(plan.key())) : Optional.empty();
        } catch (IngestException e) {
            if (refusal.is(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean copyWhole(CopySource source, long length, S3Upload.Plan plan)
            throws IngestException, InterruptedException {
        Optional<String> made = copier.copy(source, plan.key(), plan.headers(), plan.commit());
        boolean sound = made.equals(Optional.of(source.version()))
                || (copier.isLike(source, plan.key(), length) && copier.unchanged(source));
        if (sound) {
            plan.finish().run();
        }
        return sound;
    }

    private boolean copyParts(CopySource source, long length, S3Upload.Plan plan, Runnable progress)
            throws IngestException, InterruptedException {
        long part = PartSizes.partSize(sizes.part(), OptionalLong.of(length));
        try (S3Upload upload = S3Upload.begin(connection, plan)) {
            PartCopies.all(Math.toIntExact((length + part - 1) / part), number -> {
                long offset = (number - 1) * part;
                upload.copy(number, offset, Math.min(part, length - offset), source);
                progress.run();
            });
            // Nothing of it can be seen yet.
            if (!copier.unchanged(source)) {
                return false;
            }
            upload.complete(length);
        }
        return copier.isLike(source, plan.key(), length);
    }
}
