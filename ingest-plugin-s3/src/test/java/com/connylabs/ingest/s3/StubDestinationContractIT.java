package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.tck.MultipartContract;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of a destination at a store that takes every key. */
class StubDestinationContractIT extends MultipartContract {
    private static final String PREFIX = "";

    private S3Stub stub;
    private TestStore store;
    private S3Destination destination;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        store = TestStore.of(stub, "bucket");
        destination = store.destination("prefix", PREFIX);
    }

    @AfterEach
    void close() {
        destination.close();
        store.close();
        stub.close();
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

    @Override
    protected Collection<String> contents() {
        return store.contents();
    }
}
