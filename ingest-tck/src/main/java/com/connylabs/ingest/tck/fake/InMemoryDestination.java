package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.ObjectInfo.Evidence;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.plugin.Destination;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A destination that keeps its objects in memory, where a test can look at them. Safe to use from many threads. */
public class InMemoryDestination implements Destination {
    final Calls calls = new Calls();
    private final Map<String, StoredObject> objects = new ConcurrentHashMap<>();
    private final Map<String, Optional<String>> markers = new ConcurrentHashMap<>();

    /** Creates an empty destination. */
    public InMemoryDestination() {}

    /**
     * What was stored under a name.
     *
     * @param name the element's name
     * @return the object, or empty if there is none
     */
    public Optional<StoredObject> object(String name) {
        return Optional.ofNullable(objects.get(name));
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
        objects.put(name, new StoredObject(attributes.withLength(bytes.length), bytes));
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
        StoredObject stored = objects.get(name);
        if (stored != null) {
            ObjectAttributes attributes = stored.attributes();
            return Optional.of(new ObjectInfo(uri(name), attributes.length(), attributes.version(), Evidence.OBJECT));
        }
        return Optional.ofNullable(markers.get(name))
                .map(version -> new ObjectInfo(uri(name), OptionalLong.empty(), version, Evidence.MARKER));
    }

    @Override
    public URI store(Codec element, IngestObject object) throws IngestException, InterruptedException {
        calls.before(Operation.STORE, element.name());
        return commit(element, object.attributes(), read(element, object));
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

    /** Makes an object visible if it is as long as it should be. */
    final URI commit(Codec element, ObjectAttributes attributes, byte[] bytes) throws TransientException {
        long length = attributes.length().orElse(bytes.length);
        if (length != bytes.length) {
            throw new TransientException(
                    "store " + element.name() + ": its body has " + bytes.length + " bytes instead of " + length);
        }
        put(element.name(), bytes, attributes);
        return uri(element.name());
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
