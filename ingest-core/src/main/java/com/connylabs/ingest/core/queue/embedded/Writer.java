package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The only one who writes: takes what is waiting, does all of it in one transaction, and tells everybody when that is on
 * the disk. So a thousand messages published together cost one synchronisation and not a thousand. When one
 * fails, all are taken back and done again, each for itself, so that only that one fails.
 */
final class Writer implements AutoCloseable {
    private static final int MOST_WAITING = 4096;
    private static final int MOST_TOGETHER = 1024;

    /** Something to write; done again if it was taken back. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private static final class Task<T> {
        private final String what;
        private final Work<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private Runnable outcome = () -> {};

        Task(String what, Work<T> work) {
            this.what = what;
            this.work = work;
        }

        void run(Connection connection) throws SQLException {
            T value = work.run(connection);
            outcome = () -> result.complete(value);
        }

        void failed(IngestException e) {
            outcome = () -> result.completeExceptionally(e);
        }
    }

    private final Path file;
    private final Connection connection;
    private final BlockingQueue<Task<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private volatile boolean closed;

    Writer(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.thread = new Thread(this::loop, "ingest-queue");
        thread.setDaemon(true);
        thread.start();
    }

    /** Hands something over; waits only when very much is waiting already. */
    <T> CompletableFuture<T> submit(String what, Work<T> work) {
        Task<T> task = new Task<>(what, work);
        try {
            if (!waiting.offer(task)) { // which, unlike put, an interrupted thread can do
                if (Thread.currentThread() == thread) { // in what somebody does on completion: it would wait for itself
                    return CompletableFuture.failedFuture(
                            new TransientException(what + ": too much is waiting already"));
                }
                waiting.put(task);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(new TransientException(what + ": interrupted", e));
        }
        if (closed) {
            failLeft();
        }
        return task.result;
    }

    private void loop() {
        List<Task<?>> group = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                Task<?> first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    waiting.drainTo(group, MOST_TOGETHER - 1);
                    write(group);
                }
            } catch (InterruptedException e) {
                closed = true; // nobody but us interrupts this thread; ends after what is waiting
            } catch (RuntimeException | Error e) { // there is no memory even to say so, for example
                failAll(group, e);
            }
            group.clear();
        }
        failLeft();
    }

    private void write(List<Task<?>> group) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            Optional<Throwable> failure = run(group);
            if (failure.isEmpty()) {
                statement.execute("COMMIT");
            } else {
                rollBack();
                if (group.size() > 1) {
                    group.forEach(task -> write(List.of(task)));
                    return;
                }
                fail(group, failure.get());
            }
        } catch (SQLException | RuntimeException | Error e) { // nobody's fault: the file is locked, or the disk full
            rollBack();
            fail(group, e);
        }
        group.forEach(task -> task.outcome.run());
    }

    private Optional<Throwable> run(List<Task<?>> group) {
        try {
            for (Task<?> task : group) {
                task.run(connection);
            }
            return Optional.empty();
        } catch (SQLException | RuntimeException | Error e) {
            return Optional.of(e);
        }
    }

    private void fail(List<Task<?>> group, Throwable failure) {
        group.forEach(task -> task.failed(SqliteErrors.of(task.what, file, failure)));
    }

    /** Without this thread, everybody would wait for ever. What is done already stays done. */
    private static void failAll(List<Task<?>> group, Throwable failure) {
        for (Task<?> task : group) {
            task.result.completeExceptionally(new TransientException(task.what + ": the write broke off", failure));
        }
    }

    private void rollBack() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException | RuntimeException | Error e) {
            // The transaction had not begun, or has ended itself: SQLite does so when the disk is full. One that is
            // there all the same fails the next write, which takes it back.
            assert e != null;
        }
    }

    private void failLeft() {
        for (Task<?> left = waiting.poll(); left != null; left = waiting.poll()) {
            left.result.completeExceptionally(new TransientException(left.what + ": the queue was closed"));
        }
    }

    /** Writes what is waiting, then ends. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
