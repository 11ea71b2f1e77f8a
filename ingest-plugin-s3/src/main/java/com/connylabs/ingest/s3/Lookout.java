package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.ObjectInfo.Evidence;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.s3.Markers.Marker;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds out what a destination has of an element: from its marker, where there are markers, else from the object. */
final class Lookout {
    private final S3Connection connection;
    private final String prefix;
    private final @Nullable Markers markers;

    Lookout(S3Connection connection, String prefix, @Nullable Markers markers) {
        this.connection = connection;
        this.prefix = prefix;
        this.markers = markers;
    }

    String key(Codec element) throws PermanentException {
        if (markers != null) {
            markers.key(element.name());
        }
        return Keys.checked(prefix, element.name());
    }

    /** Asks for the object only where the marker does not say that this version was stored. */
    Optional<ObjectInfo> stat(Codec element) throws IngestException, InterruptedException {
        String key = key(element);
        Optional<Marker> marker = markers == null ? Optional.empty() : markers.find(element.name());
        Optional<Marker> believed = markers != null && !markers.shared() ? marker : Optional.empty();
        if (believed.isPresent() && speaksOf(element, believed.get())) {
            return Optional.of(fromMarker(key, believed.get(), OptionalLong.empty(), Optional.empty()));
        }
        Optional<ObjectInfo> object = object(key);
        if (object.isEmpty()) {
            return believed.map(only -> fromMarker(key, only, OptionalLong.empty(), Optional.empty()));
        }
        ObjectInfo info = object.get();
        boolean mayBeMarked = info.version().isPresent() || isOfSize(element, info);
        if ((marker.isEmpty() && mayBeMarked)
                || (believed.isPresent() && info.version().isPresent())) {
            mark(element, info.version()); // none yet, or whoever stored the object died before it could write one
        }
        return believed.isPresent() && info.version().isEmpty()
                ? Optional.of(fromMarker(key, believed.get(), info.length(), info.revision()))
                : object;
    }

    /** Where the listing knew no version, any will do; a marker that has none speaks of whatever was there. */
    private static boolean speaksOf(Codec element, Marker marker) {
        return marker.version().isPresent()
                && (element.version() == null || marker.version().get().equals(element.version()));
    }

    /** An object of unknown version may be another one, and whoever marks it vouches for it. */
    private static boolean isOfSize(Codec element, ObjectInfo object) {
        return element.size().isPresent() && element.size().equals(object.length());
    }

    /** Looks at what was seen once more. */
    void again(Codec element, Sighting seen) throws IngestException, InterruptedException {
        boolean marked =
                seen.found().filter(info -> info.evidence() == Evidence.MARKER).isPresent();
        seen.requireUnchanged(element, marked ? stat(element) : object(key(element)));
    }

    /** Says in a marker, if there are any, that a version was stored. */
    void mark(Codec element, Optional<String> version) throws IngestException, InterruptedException {
        if (markers != null) {
            markers.write(element.name(), version);
        }
    }

    /** A listing of what {@link #stat} finds; empty where the markers do not say whose objects they stand for. */
    Optional<Inventory> inventory() {
        if (markers != null) {
            return markers.shared() ? Optional.empty() : Optional.of(markers.inventory());
        }
        String start = Keys.join(prefix, "");
        return Optional.of(new S3Inventory(connection, start, object -> {
            InventoryEntry entry = InventoryEntry.of(object.key().substring(start.length()), object.size());
            return entry.withChecksum(Versions.md5(object.eTag()));
        }));
    }

    private Optional<ObjectInfo> object(String key) throws IngestException, InterruptedException {
        return connection.head(key).map(head -> info(key, head));
    }

    private ObjectInfo info(String key, ObjectAnswer object) {
        return new ObjectInfo(
                connection.uri(key),
                object.length(),
                Attributes.recordedVersion(object.metadata()),
                Evidence.OBJECT,
                Versions.of(object.eTag()));
    }

    private ObjectInfo fromMarker(String key, Marker marker, OptionalLong length, Optional<String> revision) {
        return new ObjectInfo(connection.uri(key), length, marker.version(), Evidence.MARKER, revision);
    }
}
