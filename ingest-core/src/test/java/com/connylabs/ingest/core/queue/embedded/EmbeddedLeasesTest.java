package com.connylabs.ingest.core.queue.embedded;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.core.queue.LeaseStoreContract;
import com.connylabs.ingest.core.queue.Leases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedLeasesTest extends LeaseStoreContract {
    @TempDir
    private Path directory;

    private Database database;

    @AfterEach
    void close() throws Exception {
        if (database != null) {
            database.close();
        }
    }

    private Path file() {
        return directory.resolve("queue.db");
    }

    @Override
    protected Queue queue() throws IngestException {
        return EmbeddedQueue.open(file(), Map.of(), TIME);
    }

    @Override
    protected Leases.Store store() throws IngestException {
        database = Database.open(file());
        return new EmbeddedLeases(database, TIME);
    }

    @Test
    void aFileFromBeforeThereWereLeasesGoesOnWorking() throws Exception {
        queue().close();
        sql("DROP TABLE lease");
        try (Queue queue = queue()) {
            assertTrue(queue.lease("w").isPresent(), "a lease");
        }
    }

    @Test
    void settingTheClockBackDoesNotMakeALeaseLast() throws Exception {
        queue().close();
        sql("INSERT INTO lease VALUES ('w', 'somebody', " + (System.currentTimeMillis() + 3_600_000) + ")");
        try (Queue queue = queue()) {
            assertTrue(queue.lease("w").isPresent(), "a lease that ends in an hour");
        }
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }
}
