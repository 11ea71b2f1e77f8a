package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.Upload;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** An {@link InMemoryDestination} that takes large objects in parts. */
public final class InMemoryMultipartDestination extends InMemoryDestination implements MultipartStorage {
    private final long partSize;
    private final Set<InMemoryUpload> open = ConcurrentHashMap.newKeySet();

    /**
     * Creates an empty destination.
     *
     * @param partSize length of every part but the last, in bytes
     */
    public InMemoryMultipartDestination(long partSize) {
        this.partSize = partSize;
    }

    /**
     * Counts the uploads that were begun and are not closed.
     *
     * @return 0 when nothing was left behind
     */
    public int openUploads() {
        return open.size();
    }

    @Override
    public long partSize(OptionalLong length) {
        return partSize;
    }

    @Override
    public Upload begin(Codec element, ObjectAttributes attributes) throws IngestException, InterruptedException {
        return begin(element, attributes, Optional.empty());
    }

    @Override
    public Upload begin(Codec element, ObjectAttributes attributes, Sighting seen)
            throws IngestException, InterruptedException {
        return begin(element, attributes, Optional.of(seen));
    }

    private Upload begin(Codec element, ObjectAttributes attributes, Optional<Sighting> seen)
            throws IngestException, InterruptedException {
        calls.before(Operation.BEGIN, element.name());
        InMemoryUpload upload = new InMemoryUpload(this, element, attributes, seen, open::remove);
        open.add(upload);
        return upload;
    }

    @Override
    public void discardUnfinished(Codec element) throws IngestException, InterruptedException {
        super.discardUnfinished(element);
        discard(upload -> upload.isOf(element.name()));
    }

    @Override
    public void discardUnfinished(Instant startedBefore) throws IngestException, InterruptedException {
        super.discardUnfinished(startedBefore);
        discard(upload -> upload.isOlderThan(startedBefore));
    }

    private void discard(Predicate<InMemoryUpload> which) {
        open.stream().filter(which).forEach(InMemoryUpload::discard);
    }
}
