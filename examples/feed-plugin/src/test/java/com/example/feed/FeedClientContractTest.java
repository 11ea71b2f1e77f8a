package com.example.feed;

import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.tck.ClientContract;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

class FeedClientContractTest extends ClientContract {
    private final FeedServer server = new FeedServer();
    private final FeedSource source =
            new FeedSource(server.feed(), new Http(Set.of("127.0.0.1"), Duration.ofSeconds(30)));

    FeedClientContractTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected Client client() {
        return source;
    }

    @Override
    protected Codec put(String name, byte[] bytes) {
        server.put(name, bytes);
        return Codec.of(server.address(name).toString(), name);
    }

    @Override
    protected void remove(Codec element) {
        server.remove(element.name());
    }

    /** One request an object is enough for an example. */
    @Override
    protected boolean readsRanges() {
        return false;
    }

    /** Nothing can be removed from a feed. */
    @Override
    protected boolean cleansUp() {
        return false;
    }
}
