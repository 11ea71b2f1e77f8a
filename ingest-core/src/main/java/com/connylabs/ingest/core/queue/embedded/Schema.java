package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.PermanentException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of the file, and their version. */
final class Schema {
    /** "inge", in SQLite's field for telling whose a file is. */
    private static final int APPLICATION = 0x696e6765;

    private static final int VERSION = 1;

    private static final String[] TABLES = {
        // seq is never used twice, so that a late acknowledgement cannot end a later message of the same element.
        """
        CREATE TABLE message (
          seq        INTEGER PRIMARY KEY AUTOINCREMENT,
          workflow   TEXT    NOT NULL,
          id         TEXT    NOT NULL,
          data       BLOB    NOT NULL,
          due        INTEGER NOT NULL,
          deliveries INTEGER NOT NULL DEFAULT 0,
          token      INTEGER NOT NULL DEFAULT 0,
          UNIQUE (workflow, id))
        """,
        "CREATE INDEX message_due ON message (workflow, due, seq)",
        """
        CREATE TABLE dead_letter (
          workflow    TEXT    NOT NULL,
          id          TEXT    NOT NULL,
          data        BLOB    NOT NULL,
          destination TEXT,
          reason      TEXT    NOT NULL,
          attempts    INTEGER NOT NULL,
          first       TEXT    NOT NULL,
          last        TEXT    NOT NULL,
          stored      INTEGER NOT NULL,
          PRIMARY KEY (workflow, id))
        """,
        "CREATE INDEX dead_letter_stored ON dead_letter (stored)"
    };

    /**
     * Came later: when {@code due} was set. A version that does not know it does without, so the file's version is the same;
     * what such a one writes counts as set long ago.
     */
    private static final String SINCE = "ALTER TABLE message ADD COLUMN since INTEGER NOT NULL DEFAULT 0";

    private static final String SINCE_OF_FRESH = "UPDATE message SET since = due WHERE deliveries = 0";

    /** Came later. A version that does not know it does without, so the file's version is the same. */
    private static final String LEASES = """
        CREATE TABLE IF NOT EXISTS lease (
          workflow TEXT    NOT NULL PRIMARY KEY,
          holder   TEXT    NOT NULL,
          until    INTEGER NOT NULL)
        """;

    private Schema() {}

    /** Makes the tables in a new file, and checks those of an old one. Called with the file locked for writing. */
    static void ensure(Connection connection, Path file) throws SQLException, PermanentException {
        try (Statement statement = connection.createStatement()) {
            if (number(statement, "PRAGMA application_id") != APPLICATION) {
                create(statement, file);
            }
            int version = number(statement, "PRAGMA user_version");
            if (version > VERSION) {
                throw new PermanentException("queue " + file + " was made by a newer version of ingest (format "
                        + version + ", this one knows " + VERSION + "); use that version, or another file");
            }
            statement.execute(LEASES);
            if (number(statement, "SELECT count(*) FROM pragma_table_info('message') WHERE name = 'since'") == 0) {
                statement.execute(SINCE);
                statement.execute(SINCE_OF_FRESH);
            }
        }
    }

    private static void create(Statement statement, Path file) throws SQLException, PermanentException {
        if (number(statement, "SELECT count(*) FROM sqlite_schema") > 0) {
            throw new PermanentException(
                    "queue " + file + " is the SQLite database of another program; give another --queue-endpoint");
        }
        for (String table : TABLES) {
            statement.execute(table);
        }
        statement.execute("PRAGMA application_id = " + APPLICATION);
        statement.execute("PRAGMA user_version = " + VERSION);
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.getInt(1);
        }
    }
}
