package com.connylabs.ingest.core.enqueue;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.TransientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One destination's listing, which goes along with that of the source. Used by one thread, which closes it. */
final class StockListing implements AutoCloseable {
    private final Inventory inventory;
    private @Nullable InventoryEntry current;
    private boolean ended;

    StockListing(Inventory inventory) {
        this.inventory = inventory;
    }

    /** What the destination has under a name, if anything; names are asked for in their order. */
    Optional<InventoryEntry> find(String name) throws IngestException, InterruptedException {
        if (!ended && (current == null || Inventory.ORDER.compare(current.name(), name) < 0)) {
            current = next(name);
        }
        return Optional.ofNullable(current).filter(entry -> entry.name().equals(name));
    }

    private @Nullable InventoryEntry next(String name) throws IngestException, InterruptedException {
        Optional<InventoryEntry> next = inventory.next(name);
        if (next.isPresent() && Inventory.ORDER.compare(next.get().name(), name) < 0) {
            throw new TransientException("its listing is not in the order of the names' bytes");
        }
        ended = next.isEmpty();
        return next.orElse(null);
    }

    @Override
    public void close() {
        inventory.close();
    }
}
