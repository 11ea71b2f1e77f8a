package com.connylabs.ingest.it.chaos;

import java.io.IOException;
import java.nio.file.Path;

/** Which queue a run uses. */
enum QueueKind {
    /** One nats-server, which is killed. */
    NATS,
    /** A file that all processes share. */
    EMBEDDED,
    /** Three nats-servers with three replicas, of which the leader is killed. */
    CLUSTER;

    /**
     * Whether a message that was confirmed is delivered. Not by three nats-servers (2.9.10) some of which were killed: their
     * replicas come to differ, and some messages are in none of them any more. The next listing brings them back.
     */
    boolean keepsWhatItConfirmed() {
        return this != CLUSTER;
    }

    Broker start(Path directory) throws IOException, InterruptedException {
        return switch (this) {
            case NATS -> NatsBroker.single(directory);
            case CLUSTER -> NatsBroker.cluster(directory);
            case EMBEDDED -> new FileBroker(directory.resolve("queue.db"));
        };
    }
}
