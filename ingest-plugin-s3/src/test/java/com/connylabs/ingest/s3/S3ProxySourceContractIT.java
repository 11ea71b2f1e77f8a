package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.tck.ClientContract;
import com.connylabs.ingest.testkit.s3.S3Server;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a source's client at a real server. */
class S3ProxySourceContractIT extends ClientContract {
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
        source = store.source("prefix", "p/");
    }

    @AfterEach
    void close() {
        source.close();
        store.close();
    }

    @Override
    protected Client client() {
        return source;
    }

    @Override
    protected Codec put(String name, byte[] bytes) throws Exception {
        store.put("p/" + name, bytes);
        return Sources.list(source).stream()
                .filter(element -> element.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    protected void remove(Codec element) {
        store.remove(element.id());
    }
}
