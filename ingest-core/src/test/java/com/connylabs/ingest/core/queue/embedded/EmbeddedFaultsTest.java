package com.connylabs.ingest.core.queue.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.api.TransientException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong, and what must not come of it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EmbeddedFaultsTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    Path temp;

    @Test
    void anOldDeliveryCanNeitherDelayNorHoldANewerOne() throws Exception {
        try (EmbeddedQueue quick = EmbeddedQueue.open(file(), Map.of("w", SHORT));
                EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of());
                Subscription first = quick.subscribe("w");
                Subscription subscription = queue.subscribe("w")) {
            queue.publish("w", "a", new byte[1]).get();
            Message old = take(first);
            Message newer = take(subscription);
            old.nak(Duration.ZERO);
            assertEquals(List.of(), subscription.pop(1, Duration.ofMillis(200)), "given out though it is held");

            newer.nak(Duration.ZERO);
            Message newest = take(subscription);
            old.nak(Duration.ofHours(1));
            old.inProgress();
            newest.nak(Duration.ZERO);
            assertEquals(4, take(subscription).deliveries(), "deliveries");
        }
    }

    @Test
    void whoIsInterruptedWritesNothing() throws Exception {
        try (EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of());
                Subscription subscription = queue.subscribe("w")) {
            queue.publish("w", "a", new byte[1]).get();
            Message message = take(subscription);
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, message::ack);
            queue.publish("w", "b", new byte[1]).get(); // written after whatever was handed over before
            assertEquals(2, queue.outstanding("w"), "outstanding");
        }
    }

    @Test
    void whoOpensANewFileWaitsForAnotherWhoMakesIt() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            CompletableFuture<EmbeddedQueue> opening = CompletableFuture.supplyAsync(() -> {
                try {
                    return EmbeddedQueue.open(file(), Map.of());
                } catch (IngestException e) {
                    throw new CompletionException(e);
                }
            });
            assertThrows(TimeoutException.class, () -> opening.get(1, TimeUnit.SECONDS), "it waits");
            statement.execute("ROLLBACK");
            opening.get(30, TimeUnit.SECONDS).close();
        }
    }

    @Test
    void aLateAckDoesNotTouchTheElementsNextMessage() throws Exception {
        try (EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of());
                Subscription subscription = queue.subscribe("w")) {
            queue.publish("w", "a", new byte[1]).get();
            Message old = take(subscription);
            old.ack();
            queue.publish("w", "a", new byte[2]).get();
            old.ack();
            old.nak(Duration.ofHours(1));
            old.term(letter("a"));
            assertArrayEquals(new byte[2], take(subscription).data(), "the next message");
            assertEquals(Optional.empty(), queue.deadLetters().find("w", "a"), "a letter for what was done");
        }
    }

    @Test
    void whatAnInterruptedThreadWasAboutToTakeIsGivenBack() throws Exception {
        try (EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of());
                Subscription subscription = queue.subscribe("w");
                Connection other = other();
                Statement statement = other.createStatement()) {
            queue.publish("w", "a", new byte[1]).get();
            // The file is locked: the thread can get as far as waiting for the writer, and no further.
            statement.execute("BEGIN IMMEDIATE");
            CountDownLatch ended = new CountDownLatch(1);
            Thread popping = new Thread(() -> {
                assertThrows(InterruptedException.class, () -> subscription.pop(1, Duration.ofMinutes(1)));
                ended.countDown();
            });
            popping.start();
            while (popping.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            popping.interrupt();
            assertTrue(ended.await(30, TimeUnit.SECONDS), "pop was not interrupted");
            statement.execute("COMMIT");

            assertEquals(1, take(queue.subscribe("w")).deliveries(), "deliveries of the next who takes it");
        }
    }

    @Test
    void oneFailureInAGroupFailsAlone() throws Exception {
        try (Database database = Database.open(file());
                Connection other = other();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE"); // so that all of them end in one group
            var first = database.write("first", connection -> Messages.insert(connection, "w", "a", new byte[1]));
            var sql = database.<Boolean>write("sql", connection -> {
                Messages.insert(connection, "w", "b", new byte[1]);
                throw new SQLException("no");
            });
            var bug = database.<Boolean>write("bug", connection -> {
                throw new IllegalStateException("bug");
            });
            var last = database.write("last", connection -> Messages.insert(connection, "w", "c", new byte[1]));
            statement.execute("COMMIT");

            assertEquals(PublishResult.QUEUED, first.get(), "first");
            assertEquals(PublishResult.QUEUED, last.get(), "last");
            assertTrue(failure(sql).getMessage().contains("sql (queue"), "says what: " + failure(sql));
            assertTrue(failure(bug).getMessage().contains("bug"), "says what: " + failure(bug));
            long count = database.read("count", connection -> Messages.count(connection, "w"));
            assertEquals(2, count, "messages");
        }
    }

    @Test
    void aBrokenWriteFailsAllOfItsGroupAndNothingAfterwards() throws Exception {
        try (Database database = Database.open(file())) {
            var broken = database.<Boolean>write("error", connection -> {
                throw new StackOverflowError();
            });
            assertEquals(EndpointException.class, failure(broken).getClass(), "an Error is no silence");
            assertFalse(database.fault().isEmpty(), "healthy after a failure");
            var next = database.write("next", connection -> Messages.insert(connection, "w", "a", new byte[1]));
            assertEquals(PublishResult.QUEUED, next.get(), "the writing thread lives on");
            assertTrue(database.fault().isEmpty(), "healthy after a success");
        }
    }

    @Test
    void anErrorWhileAWriteIsTakenBackFailsThatWriteAndNothingAfterwards() throws Exception {
        EmbeddedQueue.open(file(), Map.of()).close();
        AtomicInteger errors = new AtomicInteger();
        try (Connection connection = other();
                Writer writer = new Writer(file(), failing(connection, errors))) {
            errors.set(2); // as it begins, and as it is taken back
            var first = writer.submit("first", used -> Messages.insert(used, "w", "a", new byte[1]));
            assertEquals(EndpointException.class, failure(first).getClass(), "an Error is no silence");
            var next = writer.submit("next", used -> Messages.insert(used, "w", "b", new byte[1]));
            assertEquals(PublishResult.QUEUED, next.get(30, TimeUnit.SECONDS), "the writing thread lives on");
        }
    }

    @Test
    void anErrorThatCannotBePutIntoWordsIsNoSilence() throws Exception {
        EmbeddedQueue.open(file(), Map.of()).close();
        try (Connection connection = other();
                Writer writer = new Writer(file(), connection)) {
            var first = writer.<Boolean>submit("first", used -> {
                throw new OutOfMemoryError() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getMessage() {
                        throw this;
                    }
                };
            });
            assertEquals(TransientException.class, failure(first).getClass(), "type");
            var next = writer.submit("next", used -> Messages.insert(used, "w", "b", new byte[1]));
            assertEquals(PublishResult.QUEUED, next.get(30, TimeUnit.SECONDS), "the writing thread lives on");
        }
    }

    /** A connection that throws so many errors when a statement is made. */
    private static Connection failing(Connection connection, AtomicInteger errors) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createStatement") && errors.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("none left");
                    }
                    return method.invoke(connection, arguments);
                });
    }

    @Test
    void aFullDiskIsSaidAndPasses() throws Exception {
        try (Database database = Database.open(file())) {
            long pages = database.writeNow("count", connection -> number(connection, "PRAGMA page_count"));
            database.writeNow("limit", connection -> number(connection, "PRAGMA max_page_count = " + (pages + 3)));
            var large =
                    database.write("publish a", connection -> Messages.insert(connection, "w", "a", new byte[100_000]));
            IngestException error = failure(large);
            assertEquals(EndpointException.class, error.getClass(), "type");
            assertTrue(error.getMessage().contains("disk is full"), "says why: " + error);
            assertTrue(error.getMessage().contains(file().toString()), "says where: " + error);

            database.writeNow("no limit", connection -> number(connection, "PRAGMA max_page_count = 1000000"));
            assertEquals(
                    PublishResult.QUEUED,
                    database.writeNow("publish a", connection -> Messages.insert(connection, "w", "a", new byte[9])));
        }
    }

    @Test
    void aPublishThatFailsForTheEndpointsSakeMayBeTriedAgain() throws Exception {
        try (EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of());
                Connection other = other();
                Statement statement = other.createStatement()) {
            statement.execute("DROP TABLE message");
            var error = assertThrows(ExecutionException.class, () -> queue.publish("w", "a", new byte[1])
                    .get());
            assertEquals(TransientException.class, error.getCause().getClass(), "type: " + error);
            assertThrows(EndpointException.class, () -> queue.outstanding("w"), "counting");
            assertFalse(queue.connected(), "connected though it cannot be written");
            assertTrue(queue.fault().orElseThrow().contains("no such table"), "" + queue.fault());
        }
    }

    @Test
    void oldDeadLettersAreForgotten() throws Exception {
        try (EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of());
                Subscription subscription = queue.subscribe("w");
                Connection other = other();
                Statement statement = other.createStatement()) {
            bury(queue, subscription, "old");
            statement.execute("UPDATE dead_letter SET stored = stored - 31 * 86400000");
            bury(queue, subscription, "new");
            assertEquals(Optional.empty(), queue.deadLetters().find("w", "old"), "a letter of 31 days");
            assertEquals(
                    Optional.of(letter("new")), queue.deadLetters().find("w", "new"), "a new one, to the nanosecond");
        }
    }

    @Test
    void theDatabaseOfAnotherProgramIsRefusedAndLeftAlone() throws Exception {
        try (Connection other = other();
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE theirs (a INTEGER)");
            var error = assertThrows(PermanentException.class, () -> EmbeddedQueue.open(file(), Map.of()));
            assertTrue(error.getMessage().contains("another program"), "says why: " + error);
            assertEquals(1, number(other, "SELECT count(*) FROM sqlite_schema"), "tables");
        }
    }

    @Test
    void placesWhereNoFileCanBeAreRefusedInWords() throws Exception {
        Path directory = Files.createDirectory(temp.resolve("directory"));
        assertRefused(PermanentException.class, directory, "is a directory");
        assertRefused(PermanentException.class, temp.resolve("what?.db"), "?");
        assertRefused(EndpointException.class, Path.of("/proc/queue.db"), "/proc/queue.db");
    }

    private void assertRefused(Class<? extends IngestException> type, Path file, String word) {
        var error = assertThrows(type, () -> EmbeddedQueue.open(file, Map.of()).close());
        assertTrue(error.getMessage().contains(word), "says " + word + ": " + error);
    }

    private static void bury(EmbeddedQueue queue, Subscription subscription, String id) throws Exception {
        queue.publish("w", id, new byte[1]).get();
        take(subscription).term(letter(id));
    }

    private static DeadLetter letter(String id) {
        Instant time = Instant.parse("2026-01-02T03:04:05.123456789Z");
        return new DeadLetter("w", id, new byte[1], Optional.empty(), "why", 1, time, time);
    }

    private static Message take(Subscription subscription) throws Exception {
        List<Message> taken = subscription.pop(1, Duration.ofSeconds(30));
        assertEquals(1, taken.size(), "messages");
        return taken.get(0);
    }

    private static IngestException failure(CompletableFuture<?> future) {
        var error = assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));
        return (IngestException) error.getCause();
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private Connection other() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    private Path file() {
        return temp.resolve("queue.db");
    }
}
