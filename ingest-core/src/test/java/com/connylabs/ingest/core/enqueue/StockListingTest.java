package com.connylabs.ingest.core.enqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.TransientException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StockListingTest {
    private final List<String> asked = new ArrayList<>();

    @Test
    void isAskedOnlyForWhatItHasNotShown() throws Exception {
        try (StockListing listing = listing("b", "d")) {
            assertEquals(List.of(), found(listing, "a"), "before the first");
            assertEquals(List.of("b"), found(listing, "b"), "the first");
            assertEquals(List.of("b"), found(listing, "b"), "the same again");
            assertEquals(List.of("d"), found(listing, "d"), "the second");
            assertEquals(List.of(), found(listing, "e"), "behind the last");
            assertEquals(List.of(), found(listing, "f"), "and after the end");
        }
        assertEquals(List.of("a", "d", "e"), asked, "questions");
    }

    /** One that gave what was not asked for could end with names that nobody has looked for yet. */
    @Test
    void oneThatGoesBackIsNotBelieved() throws Exception {
        try (StockListing listing = listing("a", "c", "b")) {
            assertEquals(List.of("a"), found(listing, "a"), "in order");
            assertEquals(List.of("c"), found(listing, "c"), "in order");
            TransientException e = assertThrows(TransientException.class, () -> listing.find("d"), "b after c");
            assertTrue(String.valueOf(e.getMessage()).contains("order"), e.getMessage());
        }
    }

    @Test
    void theOrderIsThatOfBytes() throws Exception {
        try (StockListing listing = listing("\uffee", "\ud83d\ude00")) {
            assertEquals(List.of("\uffee"), found(listing, "\uffee"), "three bytes");
            assertEquals(List.of("\ud83d\ude00"), found(listing, "\ud83d\ude00"), "four bytes");
        }
    }

    private static List<String> found(StockListing listing, String name) throws Exception {
        return listing.find(name).map(InventoryEntry::name).stream().toList();
    }

    /** Gives the names as they are, whatever is asked for. */
    private StockListing listing(String... names) {
        Iterator<String> rest = List.of(names).iterator();
        Inventory inventory = from -> {
            asked.add(from);
            return rest.hasNext()
                    ? Optional.of(InventoryEntry.of(rest.next(), OptionalLong.empty()))
                    : Optional.empty();
        };
        return new StockListing(inventory);
    }
}
