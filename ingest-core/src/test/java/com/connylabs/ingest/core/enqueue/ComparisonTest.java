package com.connylabs.ingest.core.enqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.dequeue.CopyOptions;
import com.connylabs.ingest.core.dequeue.OnChange;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.InMemoryQueue;
import com.connylabs.ingest.tck.fake.InMemorySource;
import com.connylabs.ingest.tck.fake.Operation;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final String MD5_OF_A = "0cc175b9c0f1b6a831c399e269772661";
    private static final CopyOptions COPY = CopyOptions.DEFAULT;
    private static final CopyOptions SKIP = new CopyOptions(1, false, OnChange.SKIP);
    private static final CopyOptions CLEAN_UP = new CopyOptions(1, true, OnChange.COPY);

    private final InMemoryQueue queue = new InMemoryQueue();
    private final InMemorySource source = new InMemorySource();
    private final InMemoryDestination one = new InMemoryDestination();
    private final InMemoryDestination other = new InMemoryDestination();
    private final List<Target> both = List.of(new Target("one", one), new Target("other", other));

    @Test
    void whatEveryDestinationHasIsLeftOutAndNothingElse() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            source.put(name, new byte[1]);
        }
        copy("a", one, other);
        copy("b", one);
        copy("c", other);
        assertEquals(new Listing(4, 3, 0, 0, 1), list(Comparison.of(both, COPY)), "a is there");
        assertEquals(new Listing(4, 0, 3, 0, 1), list(Comparison.of(both, COPY)), "the others are outstanding");
        source.put("a", new byte[1]);
        assertEquals(new Listing(4, 1, 3, 0, 0), list(Comparison.of(both, COPY)), "a has changed");
    }

    @Test
    void presenceIsEnoughWhereChangesAreSkipped() throws Exception {
        source.put("a", new byte[1]);
        source.put("b", new byte[1]);
        one.put("a", new byte[7], ObjectAttributes.unknown());
        assertEquals(new Listing(2, 1, 0, 0, 1), list(Comparison.of(both.subList(0, 1), SKIP)), "skip");
        assertEquals(new Listing(2, 1, 1, 0, 0), list(Comparison.of(both.subList(0, 1), COPY)), "copy");
    }

    @Test
    void nothingIsComparedWhereTheSourceIsCleanedUp() throws Exception {
        source.put("a", new byte[1]);
        copy("a", one, other);
        assertEquals(new Listing(1, 1, 0), list(Comparison.of(both, CLEAN_UP)), "clean-up has to be done");
        assertEquals(0, one.calls(Operation.INVENTORY), "listings that nobody needs");
    }

    @Test
    void anUnchangedListingIsAskedForOnceAWholeListing() throws Exception {
        for (int i = 0; i < 100; i++) {
            source.put("o" + i, new byte[1]);
            copy("o" + i, one, other);
        }
        assertEquals(new Listing(100, 0, 0, 0, 100), list(Comparison.of(both, COPY)), "nothing to do");
        assertEquals(1, one.calls(Operation.INVENTORY), "listings");
        assertEquals(100, one.calls(Operation.ENTRY), "entries");
        assertEquals(0, one.calls(Operation.STAT), "looks");
    }

    @Test
    void onlyProofCounts() throws Exception {
        Codec element = Codec.of("a", "a").withVersion(MD5_OF_A).withSize(1);
        InventoryEntry bare = InventoryEntry.of("a", OptionalLong.of(1));
        Checksum md5 = new Checksum(Checksum.Algorithm.MD5, MD5_OF_A);
        assertPresent(false, element, bare);
        assertPresent(true, element, bare.withVersion(Optional.of(MD5_OF_A)));
        assertPresent(false, element, bare.withVersion(Optional.of("older")));
        assertPresent(true, element, bare.withChecksum(Optional.of(md5)));
        assertPresent(false, element.withVersion(null), bare.withChecksum(Optional.of(md5)));
        assertPresent(false, element.withVersion("multipart-2"), bare.withChecksum(Optional.of(md5)));
        assertPresent(false, element.withSize(2), bare.withChecksum(Optional.of(md5)));
        assertPresent(
                false, element, InventoryEntry.of("a", OptionalLong.empty()).withChecksum(Optional.of(md5)));
        assertPresent(
                false,
                new Codec("a", "a", null, MD5_OF_A, OptionalLong.empty(), null),
                bare.withChecksum(Optional.of(md5)));
        assertPresent(
                false,
                element.withVersion("01234567"),
                bare.withChecksum(Optional.of(new Checksum(Checksum.Algorithm.CRC32, "01234567"))));
        InventoryEntry marker = InventoryEntry.of("a", OptionalLong.empty()).withVersionChecksum(Optional.of(md5));
        assertPresent(true, element.withVersion("a"), marker);
        assertPresent(false, element.withVersion("b"), marker);
        assertPresent(false, element, marker);
    }

    private static void assertPresent(boolean expected, Codec element, InventoryEntry entry) throws Exception {
        Comparison comparison = new Comparison(List.of(new Stock("one", () -> Optional.of(of(List.of(entry))))), COPY);
        comparison.begin();
        assertEquals(expected, comparison.present(element), element + " and " + entry);
        comparison.end();
    }

    @Test
    void destinationsThatCannotBeListedDoNotStopAnything() throws Exception {
        source.put("a", new byte[1]);
        source.put("b", new byte[1]);
        copy("a", one, other);
        copy("b", one, other);
        Comparison comparison = Comparison.of(both, COPY);
        other.hook((operation, name) -> {
            if (operation == Operation.INVENTORY) {
                throw new EndpointException("no permission");
            }
        });
        assertEquals(new Listing(2, 2, 0), list(comparison), "listing the other one fails");
        other.hook((operation, name) -> {
            if (operation == Operation.ENTRY && name.equals("b")) {
                throw new IllegalStateException("a bug");
            }
        });
        assertEquals(new Listing(2, 0, 1, 0, 1), list(comparison), "it fails half-way");
        other.hook((operation, name) -> {});
        assertEquals(new Listing(2, 0, 0, 0, 2), list(comparison), "it works again");
        Comparison unlistable = Comparison.of(
                List.of(new Target("one", one), new Target("unlistable", new InMemoryDestination() {
                    @Override
                    public Optional<Inventory> inventory() {
                        return Optional.empty();
                    }
                })),
                COPY);
        assertEquals(new Listing(2, 0, 2), list(unlistable), "a listing would prove nothing");
    }

    @Test
    void directoriesAreOthersOnOtherMachines() throws Exception {
        InMemoryDestination place = new InMemoryDestination() {
            @Override
            public URI location() {
                return URI.create("file:///data/");
            }
        };
        source.put("a", new byte[1]);
        copy("a", one, place);
        List<Target> targets = List.of(new Target("one", one), new Target("place", place));
        assertEquals(new Listing(1, 1, 0), list(Comparison.of(targets, COPY)), "published");
        List<Stock> stocks = List.of(new Stock("one", one::inventory), new Stock("place", place::inventory));
        assertEquals(new Listing(1, 0, 0, 0, 1), list(new Comparison(stocks, COPY)), "where they are no others");
    }

    @Test
    void namesOutOfOrderEndTheComparisonOfThatListing() throws Exception {
        Comparison comparison = comparison("a", "c", "b", "d");
        comparison.begin();
        assertTrue(comparison.present(Codec.of("a", "a")), "a, in order");
        assertFalse(comparison.present(Codec.of("b", "b")), "b, which should have come before c");
        assertTrue(comparison.present(Codec.of("c", "c")), "c, which is known");
        assertFalse(comparison.present(Codec.of("d", "d")), "d: b came instead");
        comparison = comparison("c", "d");
        comparison.begin();
        assertTrue(comparison.present(Codec.of("c", "c")), "another listing, c");
        assertFalse(comparison.present(Codec.of("a", "a")), "the source is out of order");
        assertFalse(comparison.present(Codec.of("d", "d")), "and so nothing counts any more");
    }

    @Test
    void aDestinationThatHangsIsNotAskedInTheNextListing() throws Exception {
        source.put("a", new byte[1]);
        copy("a", one, other);
        Comparison comparison = Comparison.of(both, COPY);
        AtomicBoolean hangs = new AtomicBoolean(true);
        one.hook((operation, name) -> {
            if (operation == Operation.ENTRY && hangs.get()) {
                throw new InterruptedException("somebody lost his patience");
            }
        });
        assertThrows(InterruptedException.class, () -> list(comparison));
        assertEquals(new Listing(1, 1, 0), list(comparison), "without");
        hangs.set(false);
        assertEquals(new Listing(1, 0, 0, 0, 1), list(comparison), "with it again");
    }

    private static Comparison comparison(String... names) {
        List<InventoryEntry> entries = Stream.of(names)
                .map(name -> InventoryEntry.of(name, OptionalLong.empty()))
                .toList();
        return new Comparison(List.of(new Stock("one", () -> Optional.of(of(entries)))), SKIP);
    }

    /** As they come, whatever is asked for. */
    private static Inventory of(List<InventoryEntry> entries) {
        Iterator<InventoryEntry> rest = entries.iterator();
        return from -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
    }

    private void copy(String name, InMemoryDestination... destinations) {
        Codec element = source.element(name);
        for (InMemoryDestination destination : destinations) {
            destination.put(
                    name,
                    new byte[(int) element.size().orElse(0)],
                    ObjectAttributes.unknown().withVersion(element.version()));
        }
    }

    private Listing list(Comparison comparison) throws Exception {
        try (Nexter nexter = source.nexter()) {
            return new WorkflowEnqueuer(
                            queue,
                            nexter,
                            "w",
                            EnqueuerOptions.DEFAULT,
                            WorkflowMetrics.NONE,
                            new Suppression(queue.deadLetters(), "w"),
                            comparison)
                    .enqueue();
        }
    }
}
