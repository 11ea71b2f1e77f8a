package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.PublishResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is done to the table of messages. Times are milliseconds since 1970, by the machine's clock, which all processes share. */
final class Messages {
    /** A delivery: which message, and the token that tells this delivery from others of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(long seq, long token, byte[] data, long deliveries) {
        @Override
        public String toString() {
            return "Row[seq=" + seq + ", deliveries=" + deliveries + "]";
        }
    }

    private Messages() {}

    static PublishResult insert(Connection connection, String workflow, String id, byte[] data) throws SQLException {
        String sql = "INSERT INTO message (workflow, id, data, due, since) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT (workflow, id) DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, workflow);
            statement.setString(2, id);
            statement.setBytes(3, data);
            long now = now();
            statement.setLong(4, now);
            statement.setLong(5, now);
            return statement.executeUpdate() == 1 ? PublishResult.QUEUED : PublishResult.ALREADY_OUTSTANDING;
        }
    }

    static boolean anyDue(Connection connection, String workflow) throws SQLException {
        String sql = "SELECT 1 FROM message WHERE workflow = ? AND due <= ? LIMIT 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, workflow);
            statement.setLong(2, now());
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    static List<Row> take(Connection connection, String workflow, int max, Duration ackWait, long token)
            throws SQLException {
        String sql = "UPDATE message SET deliveries = deliveries + 1, due = ?, since = ?, token = ? WHERE seq IN"
                + " (SELECT seq FROM message WHERE workflow = ? AND due <= ? ORDER BY due, seq LIMIT ?)"
                + " RETURNING seq, data, deliveries";
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            long now = now();
            statement.setLong(1, now + ackWait.toMillis());
            statement.setLong(2, now);
            statement.setLong(3, token);
            statement.setString(4, workflow);
            statement.setLong(5, now);
            statement.setInt(6, max);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(result.getLong(1), token, result.getBytes(2), result.getLong(3)));
                }
            }
        }
        rows.sort(Comparator.comparingLong(Row::seq));
        return rows;
    }

    /** Ends a message, whichever delivery of it this is: what it asked for is done. */
    static boolean delete(Connection connection, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM message WHERE seq = ?")) {
            statement.setLong(1, row.seq());
            return statement.executeUpdate() > 0;
        }
    }

    /** Sets when the message is delivered again, unless it has been delivered again already. */
    static boolean postpone(Connection connection, Row row, Duration wait) throws SQLException {
        String sql = "UPDATE message SET due = ?, since = ? WHERE seq = ? AND token = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            long now = now();
            statement.setLong(1, now + wait.toMillis());
            statement.setLong(2, now);
            statement.setLong(3, row.seq());
            statement.setLong(4, row.token());
            return statement.executeUpdate() > 0;
        }
    }

    /** Whether there are messages whose wait began in the future, before somebody set the clock back. */
    static boolean anyAhead(Connection connection, String workflow) throws SQLException {
        String sql = "SELECT 1 FROM message WHERE workflow = ? AND due > ? AND since > ? LIMIT 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            long now = now();
            statement.setString(1, workflow);
            statement.setLong(2, now);
            statement.setLong(3, now);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    /** Lets the waits that began in the future begin now. */
    static int beginNow(Connection connection, String workflow) throws SQLException {
        String sql = "UPDATE message SET due = due - since + ?, since = ? WHERE workflow = ? AND due > ? AND since > ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            long now = now();
            statement.setLong(1, now);
            statement.setLong(2, now);
            statement.setString(3, workflow);
            statement.setLong(4, now);
            statement.setLong(5, now);
            return statement.executeUpdate();
        }
    }

    static long count(Connection connection, String workflow) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*) FROM message WHERE workflow = ?")) {
            statement.setString(1, workflow);
            try (ResultSet result = statement.executeQuery()) {
                return result.getLong(1);
            }
        }
    }

    /** Makes it as if this delivery had not been. */
    static boolean giveBack(Connection connection, Row row) throws SQLException {
        String sql = "UPDATE message SET due = ?, since = ?, deliveries = deliveries - 1 WHERE seq = ? AND token = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            long now = now();
            statement.setLong(1, now);
            statement.setLong(2, now);
            statement.setLong(3, row.seq());
            statement.setLong(4, row.token());
            return statement.executeUpdate() > 0;
        }
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
