package com.connylabs.ingest.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.ChangedException;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.Storage;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.VerifyingStorage;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What every {@link Storage} must do. Each test starts with a destination that is empty. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class StorageContract {
    /** For subclasses. */
    protected StorageContract() {}

    /**
     * What is tested.
     *
     * @return always the same storage
     */
    protected abstract Storage storage();

    /**
     * Looks at the destination past the storage.
     *
     * @param name the name of an element
     * @return the bytes that are there for it, or empty if there is no object
     * @throws Exception if the destination cannot be read
     */
    protected abstract Optional<byte[]> read(String name) throws Exception;

    /**
     * Takes an object away, past the storage.
     *
     * @param name the name of an element that was stored
     * @throws Exception if it cannot be removed
     */
    protected abstract void remove(String name) throws Exception;

    /**
     * Everything that is at the destination and around it, wherever a careless storage could have put it: objects,
     * temporary files, uploads that were not ended. Only what the storage keeps for the sake of an object that is there
     * (a marker, a record of its version) does not count.
     *
     * <p>Names that lead out of the destination are among those that are tried. Where a storage could be led astray by
     * them, this fails if there is anything outside.
     *
     * @return an entry for each thing, whatever it is called
     * @throws Exception if the destination cannot be read
     */
    protected abstract Collection<String> contents() throws Exception;

    /**
     * Whether the version that an object was copied from is recorded.
     *
     * @return true unless overridden
     */
    protected boolean recordsVersion() {
        return true;
    }

    /**
     * Whether objects of unknown length can be stored; a storage that cannot refuses with a {@link PermanentException}.
     *
     * @return true unless overridden
     */
    protected boolean takesUnknownLength() {
        return true;
    }

    /**
     * Whether the server that this test runs against can keep an object of that name. For a server with limits of its own
     * that the real ones don't have; what the storage itself cannot take, it refuses.
     *
     * @param name the name of an element
     * @return true unless overridden
     */
    protected boolean serverTakes(String name) {
        return true;
    }

    /**
     * A length that makes the storage take whatever way it has for large objects.
     *
     * @return 9 MiB and a byte unless overridden
     */
    protected int large() {
        return (9 << 20) + 1;
    }

    @Test
    void required_statIsEmptyBeforeStore() throws Exception {
        assertEquals(Optional.empty(), storage().stat(element("a")), "stat of what was never stored");
        assertEquals(List.of(), List.copyOf(contents()), "what is there");
    }

    @Test
    void required_storedObjectIsFoundWithItsVersion() throws Exception {
        for (int length : new int[] {0, 1, 5000, large()}) {
            String name = "directory/object-" + length;
            byte[] bytes = Samples.bytes(length, 1);
            URI location = store(name, Samples.object(bytes, "v1"));
            assertStored(name, bytes, "v1");
            assertEquals(location, stat(name).location(), "location");
        }
        assertEquals(4, contents().size(), "objects " + contents());
    }

    @Test
    void required_unknownLengthIsStoredAndIsNotEmptiness() throws Exception {
        for (int length : new int[] {0, 1, 5000, large()}) {
            String name = "object-" + length;
            byte[] bytes = Samples.bytes(length, 1);
            if (takesUnknownLength()) {
                store(name, Samples.stream(bytes, "v1"));
                assertStored(name, bytes, "v1");
            } else {
                assertThrows(PermanentException.class, () -> store(name, Samples.stream(bytes, "v1")), "refusal");
                assertEquals(List.of(), List.copyOf(contents()), "what is there");
            }
        }
    }

    @Test
    void required_storeTwiceKeepsOneObject() throws Exception {
        byte[] bytes = Samples.bytes(5000, 1);
        URI first = store("a", Samples.object(bytes, "v1"));
        URI second = store("a", Samples.object(bytes, "v1"));
        assertEquals(first, second, "location");
        assertStored("a", bytes, "v1");
        assertEquals(1, contents().size(), "objects " + contents());
    }

    @Test
    void required_storeReplacesContentAndVersion() throws Exception {
        store("a", Samples.object(Samples.bytes(5000, 1), "v1"));
        store("a", Samples.object(Samples.bytes(10, 2), "v2"));
        assertStored("a", Samples.bytes(10, 2), "v2");
        store("a", IngestObject.of(ObjectAttributes.unknown(), Samples.bytes(10, 3)));
        assertArrayEquals(Samples.bytes(10, 3), read("a").orElseThrow(), "content");
        assertEquals(Optional.empty(), stat("a").version(), "the version of the object before last must not stay");
        assertEquals(1, contents().size(), "objects " + contents());
    }

    @Test
    void required_attributesDoNoHarm() throws Exception {
        ObjectAttributes attributes = ObjectAttributes.unknown()
                .withVersion("\"0123456789abcdef-2\"")
                .withContentType("text/plain; charset=utf-8")
                .withHeaders(Map.of("cache-control", "no-store", "content-language", "de"))
                .withMetadata(Map.of("owner", "me"));
        byte[] bytes = Samples.bytes(10, 1);
        store("a", IngestObject.of(attributes, bytes));
        assertStored("a", bytes, "\"0123456789abcdef-2\"");
    }

    @Test
    void required_bodyThatIsTooShortStoresNothing() throws Exception {
        for (int length : new int[] {0, 5000, large()}) {
            assertNotStored(() -> Samples.lying(Samples.bytes(length, 9), length + 1L));
        }
    }

    @Test
    void required_bodyThatIsTooLongStoresNothing() throws Exception {
        for (int length : new int[] {1, 5000, large()}) {
            assertNotStored(() -> Samples.lying(Samples.bytes(length, 9), length - 1L));
        }
    }

    @Test
    void required_bodyThatFailsMidwayStoresNothing() throws Exception {
        for (int length : new int[] {1, 5000, large()}) {
            assertNotStored(() -> Bodies.failing(Samples.bytes(length, 9), length));
            if (takesUnknownLength()) {
                assertNotStored(() -> Bodies.failing(Samples.bytes(length, 9)));
            }
        }
    }

    /** Only a {@link VerifyingStorage} is asked to compare anything. */
    @Test
    void required_whatItIsReliedUponToCompareHasItsChecksum() throws Exception {
        for (int length : new int[] {10, large()}) {
            byte[] bytes = Samples.bytes(length, 1);
            store("right", Samples.summed(bytes, bytes, "v1"));
            assertStored("right", bytes, "v1");
            remove("right");
            IngestObject wrong = Samples.summed(Samples.bytes(length, 2), bytes, "v1");
            if (storage() instanceof VerifyingStorage verifying
                    && verifying.verifies(element("wrong"), wrong.attributes())) {
                assertThrows(TransientException.class, () -> store("wrong", wrong), "content of another checksum");
                assertEquals(Optional.empty(), storage().stat(element("wrong")), "stat of what must not be there");
                assertEquals(List.of(), List.copyOf(contents()), "what was left behind");
            }
        }
    }

    @Test
    void required_interruptedStoreLeavesNothing() throws Exception {
        for (int length : new int[] {10, large()}) {
            byte[] bytes = Samples.bytes(length, 9);
            InterruptedStore.run(reached -> store("a", Bodies.hanging(bytes, length, reached)));
            assertEquals(Optional.empty(), storage().stat(element("a")), "stat after an interrupt");
            assertEquals(List.of(), List.copyOf(contents()), "what was left behind by an interrupt");
        }
    }

    @Test
    void required_readersSeeTheOldObjectOrTheNewOne() throws Exception {
        int length = 100_000;
        store("a", Samples.object(Samples.bytes(length, 0), "v0"));
        Threads.run(5, thread -> {
            for (int i = 0; i < 20; i++) {
                if (thread == 0) {
                    byte[] seen = read("a").orElseThrow(() -> new AssertionError("the object was gone for a moment"));
                    assertTrue(isOneOf(seen, length, 5), "a reader saw a mixture, or " + seen.length + " bytes");
                } else {
                    store("a", Samples.object(Samples.bytes(length, thread), "v" + thread));
                }
            }
        });
        int last = stat("a").version().map(v -> v.charAt(1) - '0').orElse(0);
        if (recordsVersion()) {
            assertStored("a", Samples.bytes(length, last), "v" + last);
        }
        assertEquals(1, contents().size(), "objects " + contents());
    }

    @Test
    void required_whatWasSeenIsReplaced() throws Exception {
        for (int length : new int[] {10, large()}) {
            String name = "object-" + length;
            storeIf(look(name), name, Samples.object(Samples.bytes(length, 1), "v1"));
            assertStored(name, Samples.bytes(length, 1), "v1");
            storeIf(look(name), name, Samples.object(Samples.bytes(length, 2), "v2"));
            assertStored(name, Samples.bytes(length, 2), "v2");
        }
    }

    @Test
    void required_whatSomebodyElseStoredMeanwhileStays() throws Exception {
        for (int length : new int[] {10, large()}) {
            String name = "object-" + length;
            Sighting nothing = look(name);
            store(name, Samples.object(Samples.bytes(20, 1), "v1"));
            assertRefused(nothing, name, length);
            assertStored(name, Samples.bytes(20, 1), "v1");

            Sighting first = look(name);
            store(name, Samples.object(Samples.bytes(21, 2), "v2"));
            assertRefused(first, name, length);
            assertRefused(nothing, name, length);
            assertStored(name, Samples.bytes(21, 2), "v2");
        }
        assertEquals(2, contents().size(), "objects " + contents());
    }

    @Test
    void required_whatSomebodyElseRemovedMeanwhileStaysAway() throws Exception {
        for (int length : new int[] {10, large()}) {
            store("a", Samples.object(Samples.bytes(20, 1), "v1"));
            Sighting first = look("a");
            remove("a");
            assertRefused(first, "a", length);
            assertEquals(List.of(), List.copyOf(contents()), "what is there");
        }
    }

    private void assertRefused(Sighting seen, String name, int length) {
        assertThrows(
                ChangedException.class,
                () -> storeIf(seen, name, Samples.object(Samples.bytes(length, 9), "v9")),
                "the destination was changed, and " + length + " bytes must not be stored there");
    }

    private void storeIf(Sighting seen, String name, IngestObject object) throws Exception {
        try (object) {
            storage().store(element(name), object, seen);
        }
    }

    final Sighting look(String name) throws Exception {
        long now = System.nanoTime();
        return new Sighting(storage().stat(element(name)), now);
    }

    /** Each name is a test of its own. */
    @TestFactory
    List<DynamicTest> required_nameIsStoredExactlyOrRefused() {
        return HostileNames.ALL.stream()
                .filter(this::serverTakes)
                .map(name -> DynamicTest.dynamicTest(HostileNames.printable(name), () -> storeHostile(name)))
                .toList();
    }

    private void storeHostile(String name) throws Exception {
        List<String> before = List.copyOf(contents());
        byte[] bytes = Samples.bytes(100, name.hashCode());
        try {
            store(name, Samples.object(bytes, "v1"));
        } catch (PermanentException e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank(), "the refusal says why");
            assertEquals(before, List.copyOf(contents()), "what is there after the refusal");
            return;
        }
        assertStored(name, bytes, "v1");
        List<String> added = new ArrayList<>(contents());
        before.forEach(added::remove);
        assertEquals(1, added.size(), "what was added: " + added);
    }

    /** Stores on top of nothing and then on top of an object; neither may do anything. */
    private void assertNotStored(Bodies.Maker body) throws Exception {
        assertThrows(TransientException.class, () -> store("a", body.make()), "a body that is wrong");
        assertEquals(Optional.empty(), storage().stat(element("a")), "stat of what must not be there");
        assertEquals(List.of(), List.copyOf(contents()), "what was left behind");
        byte[] before = Samples.bytes(20, 1);
        store("b", Samples.object(before, "before"));
        assertThrows(TransientException.class, () -> store("b", body.make()), "a body that is wrong");
        assertStored("b", before, "before");
        assertEquals(1, contents().size(), "what was left behind beside the object: " + contents());
        remove("b");
    }

    final void assertStored(String name, byte[] bytes, String version) throws Exception {
        assertArrayEquals(bytes, read(name).orElseThrow(() -> new AssertionError(name + " is not there")), name);
        ObjectInfo info = stat(name);
        info.length().ifPresent(length -> assertEquals(bytes.length, length, "length of " + name));
        Optional<String> expected = recordsVersion() ? Optional.of(version) : Optional.empty();
        assertEquals(expected, info.version(), "version of " + name);
    }

    final ObjectInfo stat(String name) throws Exception {
        return storage().stat(element(name)).orElseThrow(() -> new AssertionError(name + " is not found"));
    }

    final URI store(String name, IngestObject object) throws Exception {
        try (object) {
            return storage().store(element(name), object);
        }
    }

    static Codec element(String name) {
        return Codec.of("id of " + name, name);
    }

    private static boolean isOneOf(byte[] seen, int length, int seeds) {
        for (int seed = 0; seed < seeds; seed++) {
            if (Arrays.equals(seen, Samples.bytes(length, seed))) {
                return true;
            }
        }
        return false;
    }
}
