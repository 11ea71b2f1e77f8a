package com.connylabs.ingest.tck.fake;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.LocatedObject;
import com.connylabs.ingest.api.LocatingClient;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.RangeReader;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.plugin.Source;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A source whose objects are put there by a test. Each put gives the object a version of its own ({@code v1}, {@code v2}
 * …), even with the same bytes. Safe to use from many threads.
 */
public final class InMemorySource implements Source, LocatingClient {
    private record Stored(StoredObject object, String version, boolean ranged) {}

    /** Changes the bodies that a source gives out, to cut, corrupt or slow them. */
    @FunctionalInterface
    public interface BodyFilter {
        /**
         * Called for each body and each range that is opened.
         *
         * @param name the element's name
         * @param body what would be given out
         * @return what is given out instead
         */
        InputStream apply(String name, InputStream body);
    }

    private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final Calls calls = new Calls();
    private volatile BodyFilter filter = (name, body) -> body;

    /**
     * Puts an object of known length, which can be read in ranges.
     *
     * @param name its name
     * @param bytes its content; not copied
     * @return its version
     */
    public String put(String name, byte[] bytes) {
        return put(name, bytes, ObjectAttributes.unknown());
    }

    /**
     * Puts an object of known length, which can be read in ranges.
     *
     * @param name its name
     * @param bytes its content; not copied
     * @param attributes what is known about it; length and version are set here
     * @return its version
     */
    public String put(String name, byte[] bytes, ObjectAttributes attributes) {
        return put(name, bytes, attributes.withLength(bytes.length), true);
    }

    /**
     * Puts an object whose length nobody knows before its end, and which can be read only once.
     *
     * @param name its name
     * @param bytes its content; not copied
     * @return its version
     */
    public String putOfUnknownLength(String name, byte[] bytes) {
        return put(name, bytes, ObjectAttributes.unknown(), false);
    }

    private String put(String name, byte[] bytes, ObjectAttributes attributes, boolean ranged) {
        String version = "v" + versions.incrementAndGet();
        objects.put(name, new Stored(new StoredObject(attributes.withVersion(version), bytes), version, ranged));
        return version;
    }

    /**
     * Takes an object away.
     *
     * @param name its name
     */
    public void remove(String name) {
        objects.remove(name);
    }

    /**
     * What is there.
     *
     * @return the names, in order
     */
    public SortedSet<String> names() {
        return new TreeSet<>(objects.keySet());
    }

    /**
     * The element that a listing gives for an object. Its id differs from its name, as it does in S3.
     *
     * @param name the object's name
     * @return the element, with version and size if the object is there
     */
    public Codec element(String name) {
        return element(name, objects.get(name));
    }

    private static Codec element(String name, @Nullable Stored stored) {
        Codec element = Codec.of("memory/" + name, name);
        if (stored == null) {
            return element;
        }
        Codec versioned = element.withVersion(stored.version());
        return stored.ranged() ? versioned.withSize(stored.object().bytes().length) : versioned;
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
     * Sets what is done to the bodies.
     *
     * @param bodies cuts, corrupts or slows them
     */
    public void filter(BodyFilter bodies) {
        filter = requireNonNull(bodies, "bodies");
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
     * Counts calls for one object.
     *
     * @param operation what was asked for
     * @param name the object's name
     * @return how often
     */
    public long calls(Operation operation, String name) {
        return calls.count(operation, name);
    }

    @Override
    public Nexter nexter() {
        return new InMemoryNexter(calls, () -> objects.entrySet().stream()
                .map(entry -> element(entry.getKey(), entry.getValue()))
                .iterator());
    }

    @Override
    public Optional<IngestObject> download(Codec element) throws IngestException, InterruptedException {
        String name = element.name();
        calls.before(Operation.DOWNLOAD, name);
        Stored stored = objects.get(name);
        if (stored == null) {
            return Optional.empty();
        }
        InputStream body =
                filter.apply(name, new ByteArrayInputStream(stored.object().bytes()));
        return Optional.of(
                stored.ranged()
                        ? IngestObject.of(stored.object().attributes(), body, ranges(name, stored))
                        : IngestObject.of(stored.object().attributes(), body));
    }

    /** {@inheritDoc} It is this source, which an {@link InMemoryCopyingDestination} knows. */
    @Override
    public Object origin() {
        return this;
    }

    @Override
    public Optional<LocatedObject> locate(Codec element) throws IngestException, InterruptedException {
        calls.before(Operation.LOCATE, element.name());
        return Optional.ofNullable(objects.get(element.name()))
                .map(stored -> new LocatedObject(stored.object().attributes(), stored.object()));
    }

    private RangeReader ranges(String name, Stored pinned) {
        return (offset, length) -> {
            calls.before(Operation.RANGE, name);
            if (!pinned.equals(objects.get(name))) {
                throw new TransientException("range of " + name + ": the object is not version " + pinned.version()
                        + " any more; it has to be opened afresh");
            }
            return filter.apply(name, new ByteArrayInputStream(pinned.object().bytes(), (int) offset, (int) length));
        };
    }

    @Override
    public CleanUpResult cleanUp(Codec element) throws IngestException, InterruptedException {
        String name = element.name();
        calls.before(Operation.CLEAN_UP, name);
        Stored stored = objects.get(name);
        if (stored == null) {
            return CleanUpResult.GONE;
        }
        boolean copied = element.knownVersion().map(stored.version()::equals).orElse(true);
        return copied && objects.remove(name, stored) ? CleanUpResult.REMOVED : CleanUpResult.CHANGED;
    }

    @Override
    public void check() throws IngestException, InterruptedException {
        calls.before(Operation.CHECK, "");
    }

    @Override
    public URI location() {
        return URI.create("memory:/source/");
    }

    @Override
    public void close() {}
}
