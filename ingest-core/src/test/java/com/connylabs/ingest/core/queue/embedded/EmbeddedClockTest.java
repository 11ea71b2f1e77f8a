package com.connylabs.ingest.core.queue.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.testkit.Await;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was written before somebody set the clock back: its times are in the future. */
@Timeout(60)
class EmbeddedClockTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String AN_HOUR_AHEAD = "UPDATE message SET due = due + 3600000, since = since + 3600000";

    @TempDir
    private Path directory;

    @Test
    void whatIsFreshIsDueAtOnce() throws Exception {
        try (EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of());
                Subscription subscription = queue.subscribe("w")) {
            assertEquals(List.of(), subscription.pop(1, Duration.ZERO), "the queue is empty");
            publish(queue, "a");
            sql(AN_HOUR_AHEAD);
            assertEquals(1, subscription.pop(1, LONG).size(), "messages");
        }
    }

    @Test
    void whatIsHeldWaitsAsLongAsItWouldHave() throws Exception {
        try (EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of("w", Duration.ofSeconds(2)));
                Subscription first = queue.subscribe("w");
                Subscription second = queue.subscribe("w")) {
            publish(queue, "a");
            Message held = first.pop(1, LONG).get(0);
            sql(AN_HOUR_AHEAD);
            assertEquals(List.of(), second.pop(1, Duration.ZERO), "before its ack wait is over");
            assertEquals(2, second.pop(1, LONG).get(0).deliveries(), "after that");
            held.ack();
        }
    }

    @Test
    void aWaitIsNotBegunAnewByEveryLook() throws Exception {
        try (EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of())) {
            publish(queue, "a");
            take(queue).get(0).nak(Duration.ofSeconds(1));
            Await.until(
                    "it comes when the wait is over", LONG, () -> !take(queue).isEmpty());
        }
    }

    /** A new subscription looks at once. */
    private static List<Message> take(EmbeddedQueue queue) throws Exception {
        try (Subscription subscription = queue.subscribe("w")) {
            return subscription.pop(1, Duration.ZERO);
        }
    }

    @Test
    void aFileFromBeforeThisWasNotedGoesOnWorking() throws Exception {
        try (EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of())) {
            publish(queue, "taken");
            assertEquals(1, queue.subscribe("w").pop(1, LONG).size(), "taken");
            publish(queue, "fresh");
        }
        sql(AN_HOUR_AHEAD);
        sql("ALTER TABLE message DROP COLUMN since");
        try (EmbeddedQueue queue = EmbeddedQueue.open(file(), Map.of());
                Subscription subscription = queue.subscribe("w")) {
            Message fresh = subscription.pop(2, LONG).get(0);
            assertEquals(1, fresh.deliveries(), "what nobody has taken cannot be waiting for anything");
            assertEquals(List.of(), subscription.pop(1, Duration.ZERO), "may be held by somebody");
        }
    }

    private static void publish(EmbeddedQueue queue, String id) throws Exception {
        queue.publish("w", id, new byte[1]).get();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    private Path file() {
        return directory.resolve("queue.db");
    }
}
