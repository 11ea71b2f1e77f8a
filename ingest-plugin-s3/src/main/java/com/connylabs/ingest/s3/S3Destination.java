package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.CopyingStorage;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.ListableStorage;
import com.connylabs.ingest.api.LocatedObject;
import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.Upload;
import com.connylabs.ingest.api.VerifyingStorage;
import com.connylabs.ingest.api.plugin.Destination;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A bucket, or a prefix in it, as destination. */
final class S3Destination implements Destination, MultipartStorage, ListableStorage, CopyingStorage, VerifyingStorage {
    private final DestinationConfig config;
    private final S3Connection connection;
    private final ObjectWriter writer;
    private final ObjectHeaders headers;
    private final @Nullable Markers markers;
    private final Lookout lookout;
    private final UnfinishedUploads unfinished;
    private final S3Copy copy;
    private final DirectPuts direct;

    S3Destination(DestinationConfig config, MarkerPlaces places) {
        this(config, places, S3Copy.Sizes.DEFAULT);
    }

    S3Destination(DestinationConfig config, MarkerPlaces places, S3Copy.Sizes copySizes) {
        this.config = config;
        this.connection = new S3Connection(config.store());
        this.writer = new ObjectWriter(connection);
        this.headers = new ObjectHeaders(config);
        this.markers = config.metafilesPrefix()
                .map(prefix -> new Markers(config, prefix, connection, places))
                .orElse(null);
        this.unfinished = new UnfinishedUploads(connection);
        this.lookout = new Lookout(connection, config.store().prefix(), markers);
        this.copy = new S3Copy(connection, copySizes);
        this.direct = new DirectPuts(connection);
    }

    @Override
    public Optional<ObjectInfo> stat(Codec element) throws IngestException, InterruptedException {
        return lookout.stat(element);
    }

    @Override
    public Optional<Inventory> inventory() {
        return lookout.inventory();
    }

    /** {@inheritDoc} An object that does not fit into a part, or whose length is unknown, is held a part at a time. */
    @Override
    public URI store(Codec element, IngestObject object) throws IngestException, InterruptedException {
        return store(element, object, Commit.always(connection));
    }

    @Override
    public URI store(Codec element, IngestObject object, Sighting seen) throws IngestException, InterruptedException {
        return store(element, object, over(element, seen));
    }

    private Commit over(Codec element, Sighting seen) {
        return Commit.over(connection, seen, () -> lookout.again(element, seen));
    }

    private URI store(Codec element, IngestObject object, Commit commit) throws IngestException, InterruptedException {
        OptionalLong length = object.attributes().length();
        if (length.isPresent() && length.getAsLong() <= config.partSize()) {
            return object.ranges().isPresent()
                    ? storeRange(element, object, length.getAsLong(), commit)
                    : storeRead(element, object, Math.toIntExact(length.getAsLong()), commit);
        }
        S3Upload.Plan plan = plan(element, lookout.key(element), object.attributes(), commit);
        return length.isPresent() && direct.workFor(plan, object.attributes())
                ? direct.put(plan, object)
                : storeInParts(element, object, commit);
    }

    @Override
    public boolean verifies(Codec element, ObjectAttributes attributes) throws IngestException, InterruptedException {
        return attributes.length().orElse(0) > config.partSize()
                && direct.workFor(
                        plan(element, lookout.key(element), attributes, Commit.always(connection)), attributes);
    }

    private URI storeRange(Codec element, IngestObject object, long length, Commit commit)
            throws IngestException, InterruptedException {
        String key = lookout.key(element);
        try (RangeBody body = new RangeBody(object.ranges().orElseThrow(), length)) {
            writer.put(key, headers.of(key, object.attributes()), length, body, commit);
        } catch (IOException e) {
            throw new TransientException("store " + connection.name(key) + ": " + e, e);
        }
        lookout.mark(element, object.attributes().version());
        return connection.uri(key);
    }

    private URI storeRead(Codec element, IngestObject object, int length, Commit commit)
            throws IngestException, InterruptedException {
        String key = lookout.key(element);
        BodyReader reader = new BodyReader(object, "store " + connection.name(key));
        byte[] bytes = new byte[length];
        reader.fill(bytes);
        reader.end();
        writer.put(
                key, headers.of(key, object.attributes()), bytes.length, () -> new ByteArrayInputStream(bytes), commit);
        lookout.mark(element, object.attributes().version());
        return connection.uri(key);
    }

    private URI storeInParts(Codec element, IngestObject object, Commit commit)
            throws IngestException, InterruptedException {
        BodyReader reader = new BodyReader(object, "store " + connection.name(lookout.key(element)));
        byte[] buffer = new byte[Math.toIntExact(partSize(object.attributes().length()))];
        try (Upload upload = begin(element, object.attributes(), commit)) {
            long total = 0;
            int filled = reader.fill(buffer);
            for (int number = 1; filled > 0; number++) {
                upload.put(new BufferPart(number, total, buffer, filled));
                total += filled;
                filled = filled < buffer.length ? 0 : reader.fill(buffer);
            }
            reader.end();
            return upload.complete(total);
        }
    }

    @Override
    public long partSize(OptionalLong length) {
        return PartSizes.partSize(config.partSize(), length);
    }

    @Override
    public Upload begin(Codec element, ObjectAttributes attributes) throws IngestException, InterruptedException {
        return begin(element, attributes, Commit.always(connection));
    }

    @Override
    public Upload begin(Codec element, ObjectAttributes attributes, Sighting seen)
            throws IngestException, InterruptedException {
        return begin(element, attributes, over(element, seen));
    }

    private Upload begin(Codec element, ObjectAttributes attributes, Commit commit)
            throws IngestException, InterruptedException {
        String key = lookout.key(element);
        PartSizes.check("store " + connection.name(key), attributes.length());
        return S3Upload.begin(connection, plan(element, key, attributes, commit));
    }

    private S3Upload.Plan plan(Codec element, String key, ObjectAttributes attributes, Commit commit) {
        return new S3Upload.Plan(
                key,
                headers.of(key, attributes),
                attributes.version(),
                commit,
                () -> lookout.mark(element, attributes.version()));
    }

    @Override
    public boolean copiesFrom(Object origin) {
        return copy.works() && CopyOrigin.of(config.store()).equals(origin);
    }

    @Override
    public Optional<URI> copy(Codec element, LocatedObject object, Sighting seen, Runnable progress)
            throws IngestException, InterruptedException {
        String key = lookout.key(element);
        ObjectAttributes attributes = object.attributes();
        PartSizes.check("store " + connection.name(key), attributes.length());
        long length = attributes.length().orElseThrow();
        Commit commit = copy.commit(length, seen, () -> lookout.again(element, seen));
        CopySource source = (CopySource) object.place();
        return copy.copy(source, length, plan(element, key, attributes, commit), progress);
    }

    @Override
    public void discardUnfinished(Codec element) throws IngestException, InterruptedException {
        unfinished.abort(lookout.key(element));
    }

    @Override
    public void discardUnfinished(Instant startedBefore) throws IngestException, InterruptedException {
        unfinished.abortOlder(config.store().prefix(), startedBefore);
    }

    @Override
    public void check() throws IngestException, InterruptedException {
        connection.check();
    }

    @Override
    public URI location() {
        return config.store().location();
    }

    @Override
    public void close() {
        if (markers != null) {
            markers.close();
        }
        connection.close();
    }

    @Override
    public String toString() {
        return "S3Destination[" + location() + "]";
    }
}
