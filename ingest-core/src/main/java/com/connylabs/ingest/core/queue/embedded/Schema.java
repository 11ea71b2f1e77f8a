package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.PermanentException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of the file, and their version. */
final class Schema {
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
        """, "CREATE INDEX message_due ON message (workflow, due, seq)", """
        CREATE TABLE dead_letter (
          workflow    TEXT    NOT NULL,
          id          TEXT    NOT NULL,
          data        BLOB    NOT NULL,
          destination TEXT,
          reason      TEXT    NOT NULL,
          attempts    INTEGER NOT NULL,
          first       INTEGER NOT NULL,
          last        INTEGER NOT NULL,
          PRIMARY KEY (workflow, id))
        """
    };

    private Schema() {}

    /** Makes the tables in a new file, and checks those of an old one. Called with the file locked for writing. */
    static void ensure(Connection connection, Path file) throws SQLException, PermanentException {
        try (Statement statement = connection.createStatement()) {
            int version = version(statement);
            if (version > VERSION) {
                throw new PermanentException("queue " + file + " was made by a newer version of ingest (format "
                        + version + ", this one knows " + VERSION + "); use that version, or another file");
            }
            if (version == 0) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
                statement.execute("PRAGMA user_version = " + VERSION);
            }
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
            return result.getInt(1);
        }
    }
}
