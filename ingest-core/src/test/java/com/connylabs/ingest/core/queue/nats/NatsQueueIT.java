package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.tck.QueueContract;
import com.connylabs.ingest.testkit.nats.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class NatsQueueIT extends QueueContract {
    @TempDir
    static Path temp;

    private static NatsServer server;
    private static int streams;

    private String stream;

    @BeforeAll
    static void start() throws Exception {
        server = NatsServer.start(temp.resolve("nats"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void anotherStream() {
        stream = "s" + streams++;
    }

    @Override
    protected Queue open(Duration ackWait) throws Exception {
        return NatsQueue.connect(NatsOptions.of(server.url())
                .withNames(stream, stream, "ingest")
                .withAckWaits(Map.of(WORKFLOW, ackWait, OTHER, ackWait)));
    }
}
