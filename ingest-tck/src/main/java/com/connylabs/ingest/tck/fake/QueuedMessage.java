package com.connylabs.ingest.tck.fake;

/** A message in an {@link InMemoryQueue}; its changing fields are guarded by the queue's lock. */
final class QueuedMessage {
    final String id;
    final byte[] data;
    long readyAt;
    long deliveries;

    QueuedMessage(String id, byte[] data, long readyAt) {
        this.id = id;
        this.data = data;
        this.readyAt = readyAt;
    }
}
