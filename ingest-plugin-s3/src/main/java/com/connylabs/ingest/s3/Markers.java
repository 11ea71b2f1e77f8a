package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.PermanentException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The objects that say that an object was stored, and from which version. They may outlive it: who works on what arrives
 * can take it away, and it is not copied again. The version is their metadata, and their content besides: so a listing, by
 * the ETag, shows of which version they speak.
 */
final class Markers implements AutoCloseable {
    private static final String SUFFIX = ".done";

    private final S3Connection connection;
    private final ObjectWriter writer;
    private final ObjectHeaders headers;
    private final MarkerPlaces places;
    private final MarkerPlaces.Place place;
    private boolean open = true;

    /** What a marker says; the version is empty if it was the original that wrote it. */
    record Marker(Optional<String> version) {}

    Markers(DestinationConfig config, String prefix, S3Connection connection, MarkerPlaces places) {
        this.connection = connection;
        this.writer = new ObjectWriter(connection);
        this.headers = new ObjectHeaders(config);
        this.places = places;
        this.place =
                new MarkerPlaces.Place(config.store().endpoint().store(), connection.bucket(), Keys.join(prefix, ""));
        places.enter(place);
    }

    /** Whether markers may have been written for somebody else's objects. */
    boolean shared() {
        return places.shared(place);
    }

    Optional<Marker> find(String name) throws IngestException, InterruptedException {
        return connection
                .head(key(name))
                .map(ObjectAnswer::metadata)
                .map(metadata -> new Marker(Attributes.recordedVersion(metadata)));
    }

    void write(String name, Optional<String> version) throws IngestException, InterruptedException {
        byte[] content = version.orElse("").getBytes(StandardCharsets.UTF_8);
        writer.put(
                key(name),
                headers.ofMarker(version),
                content.length,
                () -> new ByteArrayInputStream(content),
                Commit.always(connection));
    }

    /** A listing of the elements that have markers. */
    Inventory inventory() {
        String start = place.start();
        return new S3Inventory(connection, start, object -> {
            String key = object.key();
            if (!key.endsWith(SUFFIX)) {
                return null;
            }
            String name = key.substring(start.length(), key.length() - SUFFIX.length());
            boolean speaks = object.size().orElse(0) > 0;
            return InventoryEntry.of(name, OptionalLong.empty())
                    .withVersionChecksum(speaks ? Versions.md5(object.eTag()) : Optional.empty());
        });
    }

    /** The marker's key; refuses a name that leaves no room for it. */
    String key(String name) throws PermanentException {
        return Keys.checked(place.start(), name + SUFFIX);
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            places.leave(place);
        }
    }
}
