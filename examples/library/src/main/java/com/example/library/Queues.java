package com.example.library;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.core.queue.embedded.EmbeddedQueue;
import com.connylabs.ingest.core.queue.nats.NatsOptions;
import com.connylabs.ingest.core.queue.nats.NatsQueue;
import java.nio.file.Path;
import java.util.Map;

/** The queue that an address stands for: on NATS, for as many machines as you like, or in a file, for one. */
final class Queues {
    private Queues() {}

    static Queue open(String address) throws IngestException, InterruptedException {
        return address.contains("://")
                ? NatsQueue.connect(NatsOptions.of(address))
                : EmbeddedQueue.open(Path.of(address), Map.of());
    }
}
