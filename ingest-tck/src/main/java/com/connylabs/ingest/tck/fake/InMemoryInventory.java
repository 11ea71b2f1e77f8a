package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Lists what a destination in memory had. Used by one thread. */
final class InMemoryInventory implements Inventory {
    private final Calls calls;
    private final Iterator<InventoryEntry> rest;

    InMemoryInventory(Calls calls, List<InventoryEntry> entries) {
        this.calls = calls;
        this.rest = entries.iterator();
    }

    @Override
    public Optional<InventoryEntry> next(String from) throws IngestException, InterruptedException {
        calls.before(Operation.ENTRY, from);
        while (rest.hasNext()) {
            InventoryEntry entry = rest.next();
            if (ORDER.compare(entry.name(), from) >= 0) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
