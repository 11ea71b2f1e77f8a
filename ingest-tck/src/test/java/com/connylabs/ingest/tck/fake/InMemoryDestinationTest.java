package com.connylabs.ingest.tck.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.ObjectInfo.Evidence;
import com.connylabs.ingest.api.Storage;
import com.connylabs.ingest.api.Upload;
import com.connylabs.ingest.tck.MultipartContract;
import com.connylabs.ingest.tck.StorageContract;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryDestinationTest {
    private final InMemoryDestination destination = new InMemoryDestination();

    @Nested
    class Whole extends StorageContract {
        @Override
        protected Storage storage() {
            return destination;
        }

        @Override
        protected Optional<byte[]> read(String name) {
            return destination.object(name).map(StoredObject::bytes);
        }

        @Override
        protected void remove(String name) {
            destination.remove(name);
        }

        @Override
        protected Collection<String> contents() {
            return destination.names();
        }
    }

    @Nested
    class Parted extends MultipartContract {
        final InMemoryMultipartDestination parted = new InMemoryMultipartDestination(1 << 20);

        @Override
        protected MultipartStorage storage() {
            return parted;
        }

        @Override
        protected Optional<byte[]> read(String name) {
            return parted.object(name).map(StoredObject::bytes);
        }

        @Override
        protected void remove(String name) {
            parted.remove(name);
        }

        @Override
        protected Collection<String> contents() {
            List<String> all = new ArrayList<>(parted.names());
            for (int i = 0; i < parted.openUploads(); i++) {
                all.add("open upload " + i);
            }
            return all;
        }
    }

    /** A storage whose author did nothing about conditions. */
    @Nested
    class Rechecked extends Parted {
        private final MultipartStorage simple = new MultipartStorage() {
            @Override
            public Optional<ObjectInfo> stat(Codec element) throws IngestException, InterruptedException {
                return parted.stat(element)
                        .map(info -> new ObjectInfo(info.location(), info.length(), info.version(), info.evidence()));
            }

            @Override
            public URI store(Codec element, IngestObject object) throws IngestException, InterruptedException {
                return parted.store(element, object);
            }

            @Override
            public long partSize(OptionalLong length) {
                return parted.partSize(length);
            }

            @Override
            public Upload begin(Codec element, ObjectAttributes attributes)
                    throws IngestException, InterruptedException {
                return parted.begin(element, attributes);
            }
        };

        @Override
        protected MultipartStorage storage() {
            return simple;
        }

        @Override
        protected boolean discardsUnfinished() {
            return false;
        }
    }

    @Test
    void markerIsFoundWhereNoObjectIs() throws Exception {
        Codec element = Codec.of("id", "a");
        destination.mark("a", Optional.of("v1"));
        assertEquals(Evidence.MARKER, destination.stat(element).orElseThrow().evidence(), "the marker");
        destination.put("a", new byte[] {1}, ObjectAttributes.unknown());
        var info = destination.stat(element).orElseThrow();
        assertEquals(Evidence.OBJECT, info.evidence(), "the object before the marker");
        assertTrue(info.version().isEmpty(), "no version is recorded");
    }
}
