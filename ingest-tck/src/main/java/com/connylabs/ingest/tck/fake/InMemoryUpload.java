package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Part;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** Parts in memory on their way to a destination. Safe to use from many threads. */
final class InMemoryUpload implements Upload {
    private final InMemoryDestination destination;
    private final Codec element;
    private final ObjectAttributes attributes;
    private final Optional<Sighting> seen;
    private final Consumer<InMemoryUpload> onClose;
    private final Map<Integer, byte[]> parts = new ConcurrentSkipListMap<>();
    private final Instant begun = Instant.now();
    private volatile boolean discarded;

    InMemoryUpload(
            InMemoryDestination destination,
            Codec element,
            ObjectAttributes attributes,
            Optional<Sighting> seen,
            Consumer<InMemoryUpload> onClose) {
        this.destination = destination;
        this.element = element;
        this.attributes = attributes;
        this.seen = seen;
        this.onClose = onClose;
    }

    @Override
    public void put(Part part) throws IngestException, InterruptedException {
        destination.calls.before(Operation.PUT, element.name());
        requireOpen();
        try (var body = part.open()) {
            parts.put(part.number(), body.readAllBytes());
        } catch (IOException e) {
            throw new TransientException("part " + part.number() + " of " + element.name() + " failed", e);
        }
    }

    @Override
    public URI complete(long length) throws IngestException, InterruptedException {
        destination.calls.before(Operation.COMPLETE, element.name());
        requireOpen();
        var whole = new ByteArrayOutputStream();
        int expected = 1;
        for (Map.Entry<Integer, byte[]> part : parts.entrySet()) {
            if (part.getKey() != expected++) {
                throw new TransientException("complete " + element.name() + ": part " + (expected - 1) + " is missing");
            }
            whole.writeBytes(part.getValue());
        }
        if (whole.size() != length) {
            throw new TransientException(
                    "complete " + element.name() + ": has " + whole.size() + " bytes instead of " + length);
        }
        return destination.commit(element, attributes, whole.toByteArray(), seen);
    }

    boolean isOf(String name) {
        return element.name().equals(name);
    }

    boolean isOlderThan(Instant limit) {
        return begun.isBefore(limit);
    }

    /** Somebody else has removed it. */
    void discard() {
        discarded = true;
        close();
    }

    private void requireOpen() throws TransientException {
        if (discarded) {
            throw new TransientException("the upload of " + element.name() + " was discarded meanwhile");
        }
    }

    @Override
    public void close() {
        parts.clear();
        onClose.accept(this);
    }
}
