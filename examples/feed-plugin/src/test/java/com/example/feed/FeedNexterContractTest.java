package com.example.feed;

import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.tck.NexterContract;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

class FeedNexterContractTest extends NexterContract {
    private final FeedServer server = new FeedServer();

    FeedNexterContractTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected Nexter nexter() {
        return new FeedSource(server.feed(), new Http(Set.of("127.0.0.1"), Duration.ofSeconds(30))).nexter();
    }

    @Override
    protected void put(String name, byte[] bytes) {
        server.put(name, bytes);
    }

    /** A feed does not say which version of a file it links to. */
    @Override
    protected boolean reportsVersion() {
        return false;
    }
}
