package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.tck.MultipartContract;
import com.connylabs.ingest.testkit.s3.S3Server;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a destination at a real server. */
class S3ProxyDestinationContractIT extends MultipartContract {
    private static final String PREFIX = "some/prefix";

    private static S3Server server;

    private TestStore store;
    private S3Destination destination;

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
        destination = store.destination("prefix", PREFIX);
    }

    @AfterEach
    void close() {
        destination.close();
        store.close();
    }

    @Override
    protected MultipartStorage storage() {
        return destination;
    }

    @Override
    protected Optional<byte[]> read(String name) {
        return store.read(Keys.join(PREFIX, name));
    }

    @Override
    protected void remove(String name) {
        store.remove(Keys.join(PREFIX, name));
    }

    /** S3Proxy makes files of objects: no dots that lead elsewhere, no content of directories, no long names. */
    @Override
    protected boolean serverTakes(String name) {
        List<String> segments = List.of(name.split("/", -1));
        return !segments.contains("..")
                && !segments.contains(".")
                && !name.endsWith("/")
                && !name.equals("both/below")
                && segments.stream().allMatch(segment -> segment.length() < 250);
    }

    @Override
    protected Collection<String> contents() {
        return store.contents();
    }
}
