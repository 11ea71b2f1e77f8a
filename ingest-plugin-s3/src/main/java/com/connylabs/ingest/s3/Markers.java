package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The empty objects that say that an object was stored, and from which version. They may outlive it: who works on what
 * arrives can take it away, and it is not copied again.
 */
final class Markers implements AutoCloseable {
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
        this.place = new MarkerPlaces.Place(config.store().endpoint().authority(), connection.bucket(), prefix);
        places.enter(place);
    }

    /** Whether markers may have been written for somebody else's objects. */
    boolean shared() {
        return places.shared(place);
    }

    Optional<Marker> find(String name) throws IngestException, InterruptedException {
        return connection
                .head(key(name))
                .map(HeadObjectResponse::metadata)
                .map(metadata -> new Marker(Attributes.recordedVersion(metadata)));
    }

    void write(String name, Optional<String> version) throws IngestException, InterruptedException {
        writer.put(key(name), headers.ofMarker(version), 0, InputStream::nullInputStream, Commit.always(connection));
    }

    /** The marker's key; refuses a name that leaves no room for it. */
    String key(String name) throws PermanentException {
        return Keys.checked(place.metafilesPrefix(), name + ".done");
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            places.leave(place);
        }
    }
}
