package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.core.queue.Leases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Leases in a table of the queue's file. Their end is a time by the machine's clock, which all processes share. */
final class EmbeddedLeases implements Leases.Store {
    private final Database database;
    private final Duration time;

    EmbeddedLeases(Database database, Duration time) {
        this.database = database;
        this.time = time;
    }

    @Override
    public boolean claim(String workflow, String holder) throws IngestException, InterruptedException {
        return database.writeNow("take a lease", connection -> claim(connection, workflow, holder));
    }

    private boolean claim(Connection connection, String workflow, String holder) throws SQLException {
        // One that ends later than it may was taken before somebody set the clock back.
        String sql = "INSERT INTO lease (workflow, holder, until) VALUES (?, ?, ?)"
                + " ON CONFLICT (workflow) DO UPDATE SET holder = excluded.holder, until = excluded.until"
                + " WHERE lease.holder = excluded.holder OR lease.until <= ? OR lease.until > excluded.until";
        long now = System.currentTimeMillis();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, workflow);
            statement.setString(2, holder);
            statement.setLong(3, now + time.toMillis());
            statement.setLong(4, now);
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public void release(String workflow, String holder) throws IngestException, InterruptedException {
        database.writeNow("give a lease back", connection -> release(connection, workflow, holder));
    }

    private static int release(Connection connection, String workflow, String holder) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM lease WHERE workflow = ? AND holder = ?")) {
            statement.setString(1, workflow);
            statement.setString(2, holder);
            return statement.executeUpdate();
        }
    }
}
