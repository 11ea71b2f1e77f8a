package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.ListableStorage;
import com.connylabs.ingest.tck.InventoryContract;
import com.connylabs.ingest.testkit.s3.S3Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The listing of a destination that has markers. */
class MarkedInventoryContractIT extends InventoryContract {
    private static final String PREFIX = "";

    private S3Stub stub;
    private TestStore store;
    private S3Destination destination;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        store = TestStore.of(stub, "bucket");
        destination = store.destination("prefix", PREFIX, "metafilesPrefix", "done");
    }

    @AfterEach
    void close() {
        destination.close();
        store.close();
        stub.close();
    }

    @Override
    protected ListableStorage storage() {
        return destination;
    }

    @Override
    protected void remove(String name) {
        store.remove(Keys.join(PREFIX, name));
        store.remove("done/" + name + ".done");
    }

    @Override
    protected String listedAs(String name) {
        if (name.equals(".")) {
            return ""; // its marker, ..done, comes after that of the next name, ...done
        }
        return name.startsWith("/") && !name.startsWith("//") ? name.substring(1) : name;
    }
}
