package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.DeadLetter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/** What is done to the table of dead letters. Their rowids are in the order of their coming. */
final class Letters {
    /** As long as on NATS. */
    private static final Duration MOST_AGE = Duration.ofDays(30);

    private static final String ALL =
            "SELECT rowid, workflow, id, data, destination, reason, attempts, first, last FROM dead_letter";

    /** Which letters, for those who go through them. */
    record Range(Optional<String> workflow, long after, long upTo, int most) {}

    /** A letter and where it is. */
    record Row(long rowid, DeadLetter letter) {}

    private Letters() {}

    /** Stores a letter in the place of an older one of the element, and forgets all that are too old. */
    static void insert(Connection connection, DeadLetter letter) throws SQLException {
        String sql = "INSERT OR REPLACE INTO dead_letter"
                + " (workflow, id, data, destination, reason, attempts, first, last, stored)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, letter.workflow());
            statement.setString(2, letter.id());
            statement.setBytes(3, letter.data());
            statement.setString(4, letter.destination().orElse(null));
            statement.setString(5, letter.reason());
            statement.setLong(6, letter.attempts());
            statement.setString(7, letter.first().toString());
            statement.setString(8, letter.last().toString());
            statement.setLong(9, Instant.now().toEpochMilli());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM dead_letter WHERE stored < ?")) {
            statement.setLong(1, oldest());
            statement.executeUpdate();
        }
    }

    static Optional<DeadLetter> find(Connection connection, String workflow, String id) throws SQLException {
        return row(connection, workflow, id).map(Row::letter);
    }

    /** Removes a letter if it is still this very one. */
    static boolean delete(Connection connection, DeadLetter letter) throws SQLException {
        Optional<Row> found = row(connection, letter.workflow(), letter.id());
        if (found.isEmpty() || !found.get().letter().equals(letter)) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM dead_letter WHERE rowid = ?")) {
            statement.setLong(1, found.get().rowid());
            return statement.executeUpdate() > 0;
        }
    }

    static long count(Connection connection, String workflow) throws SQLException {
        String sql = "SELECT count(*) FROM dead_letter WHERE workflow = ? AND stored >= ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, workflow);
            statement.setLong(2, oldest());
            try (ResultSet result = statement.executeQuery()) {
                return result.getLong(1);
            }
        }
    }

    static long newest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT max(rowid) FROM dead_letter");
                ResultSet result = statement.executeQuery()) {
            return result.getLong(1);
        }
    }

    static List<Row> page(Connection connection, Range range) throws SQLException {
        String sql = ALL + " WHERE rowid > ? AND rowid <= ? AND (? IS NULL OR workflow = ?) AND stored >= ?"
                + " ORDER BY rowid LIMIT ?";
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, range.after());
            statement.setLong(2, range.upTo());
            statement.setString(3, range.workflow().orElse(null));
            statement.setString(4, range.workflow().orElse(null));
            statement.setLong(5, oldest());
            statement.setInt(6, range.most());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
        }
        return rows;
    }

    private static Optional<Row> row(Connection connection, String workflow, String id) throws SQLException {
        String sql = ALL + " WHERE workflow = ? AND id = ? AND stored >= ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, workflow);
            statement.setString(2, id);
            statement.setLong(3, oldest());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(row(result)) : Optional.empty();
            }
        }
    }

    private static Row row(ResultSet result) throws SQLException {
        try {
            return new Row(result.getLong(1), letter(result));
        } catch (DateTimeException | IllegalArgumentException | NullPointerException e) {
            throw new SQLException("a dead letter makes no sense", "", SQLiteErrorCode.SQLITE_CORRUPT.code, e);
        }
    }

    private static DeadLetter letter(ResultSet result) throws SQLException {
        return new DeadLetter(
                result.getString(2),
                result.getString(3),
                result.getBytes(4),
                Optional.ofNullable(result.getString(5)),
                result.getString(6),
                result.getLong(7),
                Instant.parse(result.getString(8)),
                Instant.parse(result.getString(9)));
    }

    private static long oldest() {
        return Instant.now().minus(MOST_AGE).toEpochMilli();
    }
}
