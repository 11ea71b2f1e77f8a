package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.ListableStorage;
import com.connylabs.ingest.tck.InventoryContract;

class InMemoryInventoryTest extends InventoryContract {
    private final InMemoryDestination destination = new InMemoryDestination();

    @Override
    protected ListableStorage storage() {
        return destination;
    }

    @Override
    protected void remove(String name) {
        destination.remove(name);
    }
}
