package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.ListableStorage;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.ObjectInfo.Evidence;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.plugin.Destination;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A destination that keeps its objects in memory, where a test can look at them. Safe to use from many threads. */
public class InMemoryDestination implements Destination, ListableStorage {
    final Calls calls = new Calls();
    private final Map<String, Kept> objects = new ConcurrentHashMap<>();
    private final AtomicLong revisions = new AtomicLong();
    private final Map<String, Optional<String>> markers = new ConcurrentHashMap<>();

    private record Kept(StoredObject object, String revision) {}

    /** Creates an empty destination. */
    public InMemoryDestination() {}

    /**
     * What was stored under a name.
     *
     * @param name the element's name
     * @return the object, or empty if there is none
     */
    public Optional<StoredObject> object(String name) {
        return Optional.ofNullable(objects.get(name)).map(Kept::object);
    }

    /**
     * What is there.
     *
     * @return the names of the objects, in order
     */
    public SortedSet<String> names() {
        return new TreeSet<>(objects.keySet());
    }

    /**
     * Puts an object there past the contract, as another program would: with no version recorded unless the attributes
     * have one.
     *
     * @param name the element's name
     * @param bytes the content; not copied
     * @param attributes the attributes
     */
    public void put(String name, byte[] bytes, ObjectAttributes attributes) {
        StoredObject object = new StoredObject(attributes.withLength(bytes.length), bytes);
        synchronized (objects) {
            objects.put(name, new Kept(object, "r" + revisions.incrementAndGet()));
        }
    }

    /**
     * Takes an object away, as another program would. A marker stays.
     *
     * @param name the element's name
     */
    public void remove(String name) {
        objects.remove(name);
    }

    /**
     * Puts a marker there: where no object is, {@link #stat} answers with the evidence of a marker.
     *
     * @param name the element's name
     * @param version the version that the marker speaks of, if it does
     */
    public void mark(String name, Optional<String> version) {
        markers.put(name, version);
    }

    /**
     * Sets what happens before each operation.
     *
     * @param hook throws, waits or changes something
     */
    public void hook(Hook hook) {
        calls.hook(hook);
    }

    /**
     * Counts calls.
     *
     * @param operation what was asked for
     * @return how often
     */
    public long calls(Operation operation) {
        return calls.count(operation);
    }

    /**
     * Counts calls for one element.
     *
     * @param operation what was asked for
     * @param name the element's name
     * @return how often
     */
    public long calls(Operation operation, String name) {
        return calls.count(operation, name);
    }

    @Override
    public Optional<ObjectInfo> stat(Codec element) throws IngestException, InterruptedException {
        String name = element.name();
        calls.before(Operation.STAT, name);
        return info(name, objects.get(name));
    }

    private Optional<ObjectInfo> info(String name, @Nullable Kept kept) {
        if (kept != null) {
            ObjectAttributes attributes = kept.object().attributes();
            return Optional.of(new ObjectInfo(
                    uri(name),
                    attributes.length(),
                    attributes.version(),
                    Evidence.OBJECT,
                    Optional.of(kept.revision())));
        }
        return Optional.ofNullable(markers.get(name))
                .map(version -> new ObjectInfo(uri(name), OptionalLong.empty(), version, Evidence.MARKER));
    }

    /** {@inheritDoc} It shows what was there when it began: lengths and versions. */
    @Override
    public Optional<Inventory> inventory() throws IngestException, InterruptedException {
        calls.before(Operation.INVENTORY, "");
        Set<String> names = new TreeSet<>(Inventory.ORDER);
        names.addAll(objects.keySet());
        names.addAll(markers.keySet());
        return Optional.of(new InMemoryInventory(
                calls,
                names.stream()
                        .flatMap(name -> info(name, objects.get(name)).map(info -> entry(name, info)).stream())
                        .toList()));
    }

    private static InventoryEntry entry(String name, ObjectInfo info) {
        return InventoryEntry.of(name, info.length()).withVersion(info.version());
    }

    @Override
    public URI store(Codec element, IngestObject object) throws IngestException, InterruptedException {
        return store(element, object, Optional.empty());
    }

    @Override
    public URI store(Codec element, IngestObject object, Sighting seen) throws IngestException, InterruptedException {
        return store(element, object, Optional.of(seen));
    }

    private URI store(Codec element, IngestObject object, Optional<Sighting> seen)
            throws IngestException, InterruptedException {
        calls.before(Operation.STORE, element.name());
        return commit(element, object.attributes(), read(element, object), seen);
    }

    @Override
    public void discardUnfinished(Codec element) throws IngestException, InterruptedException {
        calls.before(Operation.DISCARD, element.name());
    }

    @Override
    public void discardUnfinished(Instant startedBefore) throws IngestException, InterruptedException {
        calls.before(Operation.DISCARD, "");
    }

    private static byte[] read(Codec element, IngestObject object) throws TransientException, InterruptedException {
        try {
            byte[] bytes = object.body().readAllBytes();
            stopIfInterrupted(element);
            return bytes;
        } catch (IOException e) {
            stopIfInterrupted(element);
            throw new TransientException("store " + element.name() + ": its body failed", e);
        }
    }

    private static void stopIfInterrupted(Codec element) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("store " + element.name());
        }
    }

    /** Makes an object visible if it is as long as it should be, and the destination as it was seen. */
    final URI commit(Codec element, ObjectAttributes attributes, byte[] bytes, Optional<Sighting> seen)
            throws TransientException {
        long length = attributes.length().orElse(bytes.length);
        if (length != bytes.length) {
            throw new TransientException(
                    "store " + element.name() + ": its body has " + bytes.length + " bytes instead of " + length);
        }
        String name = element.name();
        synchronized (objects) {
            if (seen.isPresent()) {
                seen.get().requireUnchanged(element, info(name, objects.get(name)));
            }
            put(name, bytes, attributes);
        }
        return uri(name);
    }

    private static URI uri(String name) {
        return URI.create("memory:/destination/" + URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    @Override
    public void check() throws IngestException, InterruptedException {
        calls.before(Operation.CHECK, "");
    }

    @Override
    public URI location() {
        return URI.create("memory:/destination/");
    }

    @Override
    public void close() {}
}
