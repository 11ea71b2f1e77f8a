package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.ObjectInfo.Evidence;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.Upload;
import com.connylabs.ingest.api.plugin.Destination;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** A bucket, or a prefix in it, as destination. */
final class S3Destination implements Destination, MultipartStorage {
    private final DestinationConfig config;
    private final S3Connection connection;
    private final ObjectWriter writer;
    private final ObjectHeaders headers;
    private final @Nullable Markers markers;

    S3Destination(DestinationConfig config, MarkerPlaces places) {
        this.config = config;
        this.connection = new S3Connection(config.store());
        this.writer = new ObjectWriter(connection);
        this.headers = new ObjectHeaders(config);
        this.markers = config.metafilesPrefix()
                .map(prefix -> new Markers(config, prefix, connection, places))
                .orElse(null);
    }

    @Override
    public Optional<ObjectInfo> stat(Codec element) throws IngestException, InterruptedException {
        String key = key(element);
        Optional<Markers.Marker> marker = markers == null ? Optional.empty() : markers.find(element.name());
        if (marker.isPresent() && markers != null && !markers.shared()) {
            return Optional.of(new ObjectInfo(
                    connection.uri(key), OptionalLong.empty(), marker.get().version(), Evidence.MARKER));
        }
        Optional<HeadObjectResponse> object = connection.head(key);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        ObjectInfo info = info(key, object.get());
        if (marker.isEmpty()) {
            mark(element, info.version());
        }
        return Optional.of(info);
    }

    private ObjectInfo info(String key, HeadObjectResponse object) {
        return new ObjectInfo(
                connection.uri(key),
                object.contentLength() == null ? OptionalLong.empty() : OptionalLong.of(object.contentLength()),
                Attributes.recordedVersion(object.metadata()),
                Evidence.OBJECT);
    }

    /** {@inheritDoc} An object that does not fit into a part, or whose length is unknown, is held a part at a time. */
    @Override
    public URI store(Codec element, IngestObject object) throws IngestException, InterruptedException {
        OptionalLong length = object.attributes().length();
        if (length.isPresent() && length.getAsLong() <= config.partSize()) {
            return object.ranges().isPresent()
                    ? storeRange(element, object, length.getAsLong())
                    : storeRead(element, object, Math.toIntExact(length.getAsLong()));
        }
        return storeInParts(element, object);
    }

    private URI storeRange(Codec element, IngestObject object, long length)
            throws IngestException, InterruptedException {
        String key = key(element);
        try (RangeBody body = new RangeBody(object.ranges().orElseThrow(), length)) {
            writer.put(key, headers.of(key, object.attributes()), length, body);
        } catch (IOException e) {
            throw new TransientException("store " + connection.uri(key) + ": " + e, e);
        }
        mark(element, object.attributes().version());
        return connection.uri(key);
    }

    private URI storeRead(Codec element, IngestObject object, int length) throws IngestException, InterruptedException {
        String key = key(element);
        BodyReader reader = new BodyReader(object, "store " + connection.uri(key));
        byte[] bytes = new byte[length];
        reader.fill(bytes);
        reader.end();
        writer.put(key, headers.of(key, object.attributes()), bytes.length, () -> new ByteArrayInputStream(bytes));
        mark(element, object.attributes().version());
        return connection.uri(key);
    }

    private URI storeInParts(Codec element, IngestObject object) throws IngestException, InterruptedException {
        BodyReader reader = new BodyReader(object, "store " + connection.uri(key(element)));
        byte[] buffer = new byte[Math.toIntExact(partSize(object.attributes().length()))];
        try (Upload upload = begin(element, object.attributes())) {
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
        String key = key(element);
        PartSizes.check("store " + connection.uri(key), attributes.length());
        return S3Upload.begin(
                connection,
                new S3Upload.Plan(
                        key,
                        headers.of(key, attributes),
                        attributes.version(),
                        () -> mark(element, attributes.version())));
    }

    private void mark(Codec element, Optional<String> version) throws IngestException, InterruptedException {
        if (markers != null) {
            markers.write(element.name(), version);
        }
    }

    private String key(Codec element) throws PermanentException {
        if (markers != null) {
            markers.key(element.name());
        }
        return Keys.checked(config.store().prefix(), element.name());
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
