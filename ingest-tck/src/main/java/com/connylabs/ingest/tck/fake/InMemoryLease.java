package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.Lease;

/** A lease that lasts until it is closed, or its queue is. */
final class InMemoryLease implements Lease {
    private final QueueStore store;
    private final String workflow;
    private final InMemoryQueue giver;

    InMemoryLease(QueueStore store, String workflow, InMemoryQueue giver) {
        this.store = store;
        this.workflow = workflow;
        this.giver = giver;
    }

    InMemoryQueue giver() {
        return giver;
    }

    @Override
    public boolean held() {
        return store.with(() -> store.leases.get(workflow)) == this;
    }

    @Override
    public void close() {
        store.with(() -> store.leases.remove(workflow, this));
    }
}
