package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.s3.ListedKeys.Quirk;
import com.connylabs.ingest.testkit.fuzz.Fuzz;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the keys are and whatever the store does: several branches at a time list what one page after the other lists. */
@Timeout(3600)
class ObjectListingFuzzTest {
    private static final String[] LETTERS = {
        "a", "b", "z", "0", " ", "!", "-", ".", "~", "\u0001", "é", "\uffee", "\ud83d\ude00", "/"
    };
    private static final List<Quirk> QUIRKS = List.of(
            Quirk.UTF_16_ORDER,
            Quirk.DIRECTORY_ORDER,
            Quirk.IGNORES_START_AFTER,
            Quirk.IGNORES_START_AFTER_WITHOUT_DELIMITER,
            Quirk.IGNORES_DELIMITER,
            Quirk.REFUSES_DELIMITER,
            Quirk.REPEATS_PREFIXES);
    private static final Duration MOST = Duration.ofSeconds(20);
    private static final int MORE_AT_MOST = 16;

    @Test
    void everyKeyOnceAndInOrder() {
        Fuzz.run("listings of buckets", 200, MOST, seed -> {
            Random random = new Random(seed);
            Set<String> keys = keys(random);
            try (ListedKeys store = new ListedKeys(keys, 1 + random.nextInt(15))) {
                for (String prefix : List.of("", "a", "b/")) {
                    assertSame(store, prefix);
                }
            }
        });
    }

    @Test
    void everyKeyOnceAndInOrderOfAStoreWithAQuirk() {
        Fuzz.run("listings of strange stores", 200, MOST, seed -> {
            Random random = new Random(seed);
            Quirk quirk = QUIRKS.get(random.nextInt(QUIRKS.size()));
            try (ListedKeys store = new ListedKeys(keys(random), 1 + random.nextInt(15), quirk)) {
                assertEquals(store.below(""), names(ObjectListings.all(store, "")), quirk.toString());
            }
        });
    }

    @Test
    void keysThatStayAreListedOnceWhileOthersComeAndGo() {
        Fuzz.run("listings of buckets that change", 100, MOST, seed -> {
            Random random = new Random(seed);
            List<String> keys = new ArrayList<>(keys(random));
            List<String> unsteady = List.copyOf(keys.subList(0, keys.size() / 10));
            Set<String> stay = new HashSet<>(keys);
            unsteady.forEach(stay::remove);
            try (ListedKeys store = new ListedKeys(keys, 1 + random.nextInt(15))) {
                store.meanwhile(() -> {
                    synchronized (random) {
                        if (!unsteady.isEmpty()) {
                            store.change(unsteady.get(random.nextInt(unsteady.size())));
                        }
                    }
                });
                List<String> listed = names(ObjectListings.all(store, ""));
                assertEquals(new HashSet<>(listed).size(), listed.size(), "no key twice");
                List<String> expected = stay.stream().sorted(Shape.ORDER).toList();
                assertEquals(expected, listed.stream().filter(stay::contains).toList());
            }
        });
    }

    private static void assertSame(ListedKeys store, String prefix) throws Exception {
        int before = store.requests();
        List<String> expected = store.below(prefix);
        List<ListedObject> listed = ObjectListings.all(store, prefix);
        assertEquals(expected.stream().map(ListedKeys::object).toList(), listed);
        int requests = store.requests() - before;
        int flat = ObjectListings.pages(store, prefix);
        assertTrue(
                hasTwoOrders(expected) || requests <= flat + flat / 16 + 4 + MORE_AT_MOST,
                requests + " requests instead of " + flat);
    }

    /** Where stores differ about the order, branches are given up once, and what they had read is in vain. */
    private static boolean hasTwoOrders(List<String> keys) {
        return !keys.equals(keys.stream().sorted().toList());
    }

    private static List<String> names(List<ListedObject> objects) {
        return objects.stream().map(ListedObject::key).toList();
    }

    /** Few directories or many, even or not, deep or flat. */
    private static Set<String> keys(Random random) {
        Set<String> keys = new HashSet<>();
        int kinds = 1 + random.nextInt(3);
        for (int kind = 0; kind < kinds; kind++) {
            int depth = random.nextInt(5);
            int spread = 1 + random.nextInt(1 << random.nextInt(10));
            int count = random.nextInt(2500);
            boolean numbers = random.nextBoolean();
            for (int i = 0; i < count; i++) {
                StringBuilder key = new StringBuilder();
                for (int level = 0; level < depth; level++) {
                    key.append(name(random, spread, numbers)).append('/');
                }
                keys.add(key.append(random.nextInt(20) == 0 ? "" : name(random, 100_000, numbers))
                        .toString());
            }
        }
        keys.remove("");
        return keys;
    }

    private static String name(Random random, int spread, boolean numbers) {
        int number = random.nextInt(spread);
        if (numbers) {
            return "%03d".formatted(number);
        }
        StringBuilder name = new StringBuilder();
        for (int rest = number + 1; rest > 0; rest /= LETTERS.length) {
            name.append(LETTERS[rest % LETTERS.length]);
        }
        return name.toString();
    }
}
