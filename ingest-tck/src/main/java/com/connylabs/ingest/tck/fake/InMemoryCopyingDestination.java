package com.connylabs.ingest.tck.fake;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.CopyingStorage;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.LocatedObject;
import com.connylabs.ingest.api.Sighting;
import java.net.URI;
import java.util.Optional;

/** An {@link InMemoryDestination} that copies from one {@link InMemorySource} by itself. */
public final class InMemoryCopyingDestination extends InMemoryDestination implements CopyingStorage {
    private final InMemorySource source;
    private volatile boolean refusing;

    /**
     * Creates an empty destination.
     *
     * @param source where it can copy from
     */
    public InMemoryCopyingDestination(InMemorySource source) {
        this.source = requireNonNull(source, "source");
    }

    /** From now on it says that it can copy, and refuses when it is asked to. */
    public void refuse() {
        refusing = true;
    }

    @Override
    public boolean copiesFrom(Object origin) {
        return origin == source;
    }

    @Override
    public Optional<URI> copy(Codec element, LocatedObject object, Sighting seen, Runnable progress)
            throws IngestException, InterruptedException {
        calls.before(Operation.COPY, element.name());
        if (refusing) {
            return Optional.empty();
        }
        progress.run();
        StoredObject stored = (StoredObject) object.place();
        return Optional.of(commit(element, object.attributes(), stored.bytes(), Optional.of(seen)));
    }
}
