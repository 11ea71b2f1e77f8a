package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.tck.NexterContract;
import com.connylabs.ingest.testkit.s3.S3Server;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a listing at a real server. */
class S3ProxyNexterContractIT extends NexterContract {
    private static S3Server server;

    private TestStore store;
    private S3Source source;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        server = S3Server.start(dir);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        store = TestStore.of(server, "b" + UUID.randomUUID());
        source = store.source("prefix", "p/", "recursive", "true");
    }

    @AfterEach
    void close() {
        source.close();
        store.close();
    }

    @Override
    protected Nexter nexter() {
        return source.nexter();
    }

    @Override
    protected void put(String name, byte[] bytes) {
        store.put("p/" + name, bytes);
    }
}
