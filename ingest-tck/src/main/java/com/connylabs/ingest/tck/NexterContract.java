package com.connylabs.ingest.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.Nexter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Nexter} must do. Each test starts with a source that is empty. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class NexterContract {
    /** For subclasses. */
    protected NexterContract() {}

    /**
     * A new listing of the source, which the test closes.
     *
     * @return the listing, not started yet
     * @throws Exception if it cannot be made
     */
    protected abstract Nexter nexter() throws Exception;

    /**
     * Puts an object into the source, over what is there.
     *
     * @param name the name that its element shall have
     * @param bytes its content
     * @throws Exception if it cannot be put there
     */
    protected abstract void put(String name, byte[] bytes) throws Exception;

    /**
     * How many elements it takes to fill more than one page of the listing.
     *
     * @return 1,100 unless overridden
     */
    protected int moreThanAPage() {
        return 1_100;
    }

    /**
     * Whether elements carry a version.
     *
     * @return true unless overridden
     */
    protected boolean reportsVersion() {
        return true;
    }

    @Test
    void required_emptySourceHasNoElements() throws Exception {
        try (Nexter nexter = nexter()) {
            assertEquals(List.of(), list(nexter), "elements");
        }
    }

    @Test
    void required_everyElementIsListedOnce() throws Exception {
        TreeSet<String> expected = new TreeSet<>();
        for (int i = 0; i < moreThanAPage(); i++) {
            String name = "directory-" + i % 3 + "/element-" + i;
            put(name, new byte[] {1});
            expected.add(name);
        }
        try (Nexter nexter = nexter()) {
            List<String> names = names(list(nexter));
            assertEquals(expected, new TreeSet<>(names), "names");
            assertEquals(expected.size(), names.size(), "no name twice");
        }
    }

    @Test
    void required_endRepeats() throws Exception {
        put("a", new byte[] {1});
        try (Nexter nexter = nexter()) {
            assertEquals(1, list(nexter).size(), "elements");
            for (int i = 0; i < 3; i++) {
                assertEquals(Optional.empty(), nexter.next(), "after the end");
            }
        }
    }

    @Test
    void required_resetRestartsAtTheEndAndMidway() throws Exception {
        put("a", new byte[] {1});
        put("b", new byte[] {1});
        try (Nexter nexter = nexter()) {
            assertEquals(2, list(nexter).size(), "first listing");
            assertEquals(2, list(nexter).size(), "after the end");
            nexter.reset();
            assertTrue(nexter.next().isPresent(), "one element of two");
            put("c", new byte[] {1});
            assertEquals(List.of("a", "b", "c"), sorted(list(nexter)), "after half a listing, with what came since");
        }
    }

    @Test
    void required_nextersAreIndependent() throws Exception {
        put("a", new byte[] {1});
        put("b", new byte[] {1});
        try (Nexter one = nexter()) {
            one.reset();
            List<Codec> ofOne = new ArrayList<>(one.next().stream().toList());
            try (Nexter other = nexter()) {
                assertEquals(List.of("a", "b"), sorted(list(other)), "the other listing");
            }
            one.next().ifPresent(ofOne::add);
            assertEquals(List.of("a", "b"), sorted(ofOne), "the first listing, which went on");
        }
    }

    @Test
    @SuppressWarnings("try") // closing twice is what is tested
    void required_closeTwiceAndMidwayIsFine() throws Exception {
        put("a", new byte[] {1});
        put("b", new byte[] {1});
        try (Nexter nexter = nexter()) {
            nexter.reset();
            assertTrue(nexter.next().isPresent(), "one element of two");
            nexter.close();
        }
        nexter().close();
    }

    @Test
    void required_elementsCarryIdNameAndTrueHints() throws Exception {
        put("directory/a", new byte[] {1, 2, 3});
        Codec before = only();
        assertEquals("directory/a", before.name(), "name");
        assertFalse(before.id().isEmpty(), "id");
        before.size().ifPresent(size -> assertEquals(3, size, "size"));
        assertEquals(reportsVersion(), before.knownVersion().isPresent(), "whether there is a version");
        assertEquals(before, only(), "a second listing of the same object");
        put("directory/a", new byte[] {1, 2, 3, 4});
        Codec after = only();
        assertEquals(before.id(), after.id(), "id of the changed object");
        if (reportsVersion()) {
            assertNotEquals(before.version(), after.version(), "version of the changed object");
        }
    }

    private Codec only() throws Exception {
        try (Nexter nexter = nexter()) {
            List<Codec> elements = list(nexter);
            assertEquals(1, elements.size(), "elements");
            return elements.get(0);
        }
    }

    private static List<Codec> list(Nexter nexter) throws Exception {
        List<Codec> elements = new ArrayList<>();
        nexter.reset();
        for (Optional<Codec> next = nexter.next(); next.isPresent(); next = nexter.next()) {
            elements.add(next.get());
        }
        return elements;
    }

    private static List<String> names(List<Codec> elements) {
        return elements.stream().map(Codec::name).toList();
    }

    private static List<String> sorted(List<Codec> elements) {
        return names(elements).stream().sorted().toList();
    }
}
