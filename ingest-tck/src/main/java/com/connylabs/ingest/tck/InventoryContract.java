package com.connylabs.ingest.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.ListableStorage;
import com.connylabs.ingest.api.PermanentException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ListableStorage} must do besides. Each test starts with a destination that is empty. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class InventoryContract {
    /** For subclasses. */
    protected InventoryContract() {}

    /**
     * What is tested, configured so that a listing proves something.
     *
     * @return always the same storage
     */
    protected abstract ListableStorage storage();

    /**
     * Takes an object away, past the storage, and whatever says that it is there.
     *
     * @param name the name of an element that was stored
     * @throws Exception if it cannot be removed
     */
    protected abstract void remove(String name) throws Exception;

    /**
     * As {@link StorageContract#serverTakes}.
     *
     * @param name the name of an element
     * @return true unless overridden
     */
    protected boolean serverTakes(String name) {
        return true;
    }

    /**
     * The name that an element is listed under, where the storage takes several names for the same.
     *
     * @param name the name of an element that was stored
     * @return the same unless overridden; empty if it is not listed, and so copied again and again, or looked at
     */
    protected String listedAs(String name) {
        return name;
    }

    /**
     * Whether an entry tells of which version it is, be it by a checksum.
     *
     * @return true unless overridden
     */
    protected boolean provesVersion() {
        return true;
    }

    /**
     * How many objects make more than two pages.
     *
     * @return 2100 unless overridden
     */
    protected int many() {
        return 2100;
    }

    @Test
    void required_listingOfNothingEndsAtOnce() throws Exception {
        assertEquals(List.of(), names(""), "what is there");
    }

    @Test
    void required_namesComeExactlyAndInTheOrderOfTheirBytes() throws Exception {
        List<String> expected = new ArrayList<>();
        List<String> names = new ArrayList<>(HostileNames.ALL);
        names.addAll(List.of("b", "a/c", "a-1", "a.", "a0", "\uffee", "\ud83d\ude00", "\ue000", "a/b/c", "ab"));
        for (String name : names) {
            if (serverTakes(name) && taken(name)) {
                expected.add(listedAs(name));
            }
        }
        expected.sort(Inventory.ORDER);
        assertEquals(withoutEmpty(expected), withoutEmpty(names("")), "names");
    }

    private static List<String> withoutEmpty(List<String> names) {
        return names.stream().distinct().filter(name -> !name.isEmpty()).toList();
    }

    private boolean taken(String name) throws Exception {
        try {
            store(name, "1", "v1");
            return true;
        } catch (PermanentException e) {
            return false;
        }
    }

    @Test
    void required_manyPagesAreOneListing() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < many(); i++) {
            String name = "directory-%d/object-%05d".formatted(i % 3, i);
            store(name, "1", "v1");
            expected.add(name);
        }
        expected.sort(Inventory.ORDER);
        assertEquals(expected, names(""), "all of them");
        assertEquals(expected.subList(many() / 2, many()), names(expected.get(many() / 2)), "the second half");
        assertEquals(expected.subList(many() - 1, many()), names(expected.get(many() - 1)), "the last");
    }

    @Test
    void required_whatIsNotAskedForIsPassedOver() throws Exception {
        for (String name : List.of("a", "b", "c/d", "c/e", "f")) {
            store(name, "1", "v1");
        }
        try (Inventory inventory = open()) {
            assertEquals(Optional.of("a"), next(inventory, "a"), "from the first");
            assertEquals(Optional.of("b"), next(inventory, "a"), "no entry comes twice");
            assertEquals(Optional.of("c/e"), next(inventory, "c/dd"), "the one after");
            assertEquals(Optional.of("f"), next(inventory, "c/e"), "the next");
            assertEquals(Optional.empty(), next(inventory, "g"), "behind the last");
            assertEquals(Optional.empty(), next(inventory, "g"), "the end repeats");
        }
    }

    @Test
    void required_anEntryProvesTheVersionThatIsThereAndNoOther() throws Exception {
        store("a", "first", "v1");
        store("b", "first", "v1");
        store("b", "other", "v2");
        assertEquals(provesVersion(), proves(entry("a"), "first", "v1"), "what was stored");
        assertFalse(proves(entry("a"), "other", "v2"), "what was never stored");
        assertEquals(provesVersion(), proves(entry("b"), "other", "v2"), "what was stored last");
        assertFalse(proves(entry("b"), "first", "v1"), "what is there no more");
        assertNotEquals(OptionalLong.of(4), entry("a").length(), "length");
    }

    @Test
    void required_whatIsTakenAwayIsNotListed() throws Exception {
        store("a", "1", "v1");
        store("b", "1", "v1");
        remove("a");
        assertEquals(List.of("b"), names(""), "the other one");
        assertTrue(storage().stat(element("b")).isPresent(), "as stat says");
    }

    @Test
    void required_listingsDoNotDisturbEachOtherAndCloseTwice() throws Exception {
        store("a", "1", "v1");
        store("b", "1", "v1");
        try (Inventory one = open();
                Inventory other = open()) {
            assertEquals(Optional.of("a"), next(one, "a"), "one");
            assertEquals(Optional.of("a"), next(other, "a"), "the other");
            one.close();
            one.close();
            assertEquals(Optional.of("b"), next(other, "b"), "the other still");
        }
    }

    private InventoryEntry entry(String name) throws Exception {
        try (Inventory inventory = open()) {
            InventoryEntry entry = inventory.next(name).orElseThrow();
            assertEquals(name, entry.name(), "name");
            return entry;
        }
    }

    /** Whether an entry shows a version or the content, whichever it shows; of several, all have to. */
    private static boolean proves(InventoryEntry entry, String content, String version) throws Exception {
        boolean any = entry.version().isPresent()
                || entry.versionChecksum().isPresent()
                || entry.checksum().isPresent();
        return any
                && entry.version().stream().allMatch(version::equals)
                && isOf(entry.versionChecksum(), version)
                && isOf(entry.checksum(), content);
    }

    private static boolean isOf(Optional<Checksum> checksum, String text) throws Exception {
        if (checksum.isEmpty()) {
            return true;
        }
        byte[] md5 = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        return checksum.get()
                .equals(new Checksum(Checksum.Algorithm.MD5, HexFormat.of().formatHex(md5)));
    }

    private Inventory open() throws Exception {
        return storage().inventory().orElseThrow(() -> new AssertionError("no listing"));
    }

    private static Optional<String> next(Inventory inventory, String from) throws Exception {
        return inventory.next(from).map(InventoryEntry::name);
    }

    private List<String> names(String from) throws Exception {
        List<String> names = new ArrayList<>();
        try (Inventory inventory = open()) {
            for (Optional<String> next = next(inventory, from); next.isPresent(); next = next(inventory, from)) {
                names.add(next.get());
            }
        }
        return names;
    }

    private void store(String name, String content, String version) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (IngestObject object = Samples.object(bytes, version)) {
            storage().store(element(name), object);
        }
    }

    private static Codec element(String name) {
        return Codec.of("id of " + name, name);
    }
}
