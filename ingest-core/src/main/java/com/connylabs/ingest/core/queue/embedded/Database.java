package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;

/** The file: one connection that writes, on a thread of its own, and one that reads beside it. */
final class Database implements AutoCloseable {
    private static final int BUSY_MILLIS = 20_000;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST_JOURNAL_BYTES = 64 << 20;

    private final Path file;
    private final Connection writing;
    private final Connection reading;
    private final Writer writer;
    private final Health health = new Health();

    private Database(Path file, Connection writing, Connection reading) {
        this.file = file;
        this.writing = writing;
        this.reading = reading;
        this.writer = new Writer(file, writing);
    }

    static Database open(Path file) throws IngestException {
        Place.check(file);
        try {
            Connection writing = connect(file);
            try {
                prepare(writing, file);
                return new Database(file, writing, connect(file));
            } catch (SQLException | PermanentException e) {
                writing.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqliteErrors.of("cannot be opened", file, e);
        }
    }

    /**
     * SQLite does not wait by itself where two processes make a new file at the same time: one of them would have to let go
     * of it first.
     */
    private static Connection connect(Path file) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUSY_MILLIS);
        while (true) {
            try {
                return connectOnce(file);
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e)
                        || System.nanoTime() > deadline
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    private static Connection connectOnce(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(MOST_JOURNAL_BYTES);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    private static void prepare(Connection connection, Path file) throws SQLException, PermanentException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE"); // of two processes that start together, one makes the tables
            try {
                Schema.ensure(connection, file);
                statement.execute("COMMIT");
            } catch (SQLException | PermanentException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    /** Writes, together with what others write at the same time. */
    <T> CompletableFuture<T> write(String what, Writer.Work<T> work) {
        return writer.submit(what, work).whenComplete((done, failure) -> health.note(failure));
    }

    /** Writes, and waits until it is on the disk. */
    <T> T writeNow(String what, Writer.Work<T> work) throws IngestException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(
                    what); // before anything is written, which may be done sooner than it is waited for
        }
        return await(write(what, work));
    }

    static <T> T await(CompletableFuture<T> written) throws IngestException, InterruptedException {
        try {
            return written.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IngestException known) {
                throw known;
            }
            throw new IllegalStateException("the writing thread fails with nothing else", e);
        }
    }

    /** Reads what is on the disk. */
    <T> T read(String what, Writer.Work<T> work) throws IngestException {
        synchronized (reading) {
            try {
                return work.run(reading);
            } catch (SQLException e) {
                throw SqliteErrors.of(what, file, e);
            }
        }
    }

    /** Why it could not be written lately; empty if it could. */
    Optional<String> fault() {
        return health.fault();
    }

    @Override
    public void close() throws SQLException {
        writer.close();
        synchronized (reading) {
            reading.close();
        }
        writing.close();
    }
}
