package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.TransientException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says what an error of SQLite means for who uses the queue, and what to do. */
final class SqliteErrors {
    private SqliteErrors() {}

    static boolean isBusy(SQLException e) {
        return code(e) == SQLiteErrorCode.SQLITE_BUSY;
    }

    private static SQLiteErrorCode code(SQLException e) {
        return SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff); // the rest of it says more, which nobody needs
    }

    /** Whatever may be thrown while the file is used. */
    static IngestException of(String what, Path file, Throwable e) {
        return e instanceof SQLException sql
                ? of(what, file, sql)
                : new EndpointException(what + " (queue " + file.toAbsolutePath() + "): " + e, e);
    }

    static IngestException of(String what, Path file, SQLException e) {
        String where = what + " (queue " + file.toAbsolutePath() + "): ";
        return switch (code(e)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new TransientException(where + "another process held the file for too long", e);
            case SQLITE_FULL -> new EndpointException(where + "the disk is full; make room on it", e);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                new EndpointException(where + "the file or its directory cannot be written; check its permissions", e);
            case SQLITE_CANTOPEN ->
                new EndpointException(where + "the file cannot be opened; does its directory exist?", e);
            case SQLITE_NOTADB ->
                new PermanentException(where + "the file is no queue of ingest; give another --queue-endpoint", e);
            case SQLITE_CORRUPT ->
                new PermanentException(
                        where + "the file is damaged; move it away, and the next listing fills a new one", e);
            default -> new EndpointException(where + e.getMessage(), e);
        };
    }
}
