package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.core.queue.embedded.Messages.Row;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the messages of one workflow that are due. */
final class EmbeddedSubscription implements Subscription {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedSubscription.class);

    /** How soon a message of another process, or one whose delay is over, is seen. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** How often it is looked whether somebody has set the clock back. */
    private static final Duration CLOCK_LOOK = Duration.ofSeconds(10);

    private final Database database;
    private final Signal signal;
    private final String workflow;
    private final Duration ackWait;
    private long nextClockLook = System.nanoTime();
    private volatile boolean closed;

    EmbeddedSubscription(Database database, Signal signal, String workflow, Duration ackWait) {
        this.database = database;
        this.signal = signal;
        this.workflow = workflow;
        this.ackWait = ackWait;
    }

    @Override
    public List<Message> pop(int max, Duration wait) throws IngestException, InterruptedException {
        if (max < 1) {
            throw new IllegalArgumentException("max must be at least 1: " + max);
        }
        long start = System.nanoTime();
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (closed) {
                throw new IllegalStateException("the subscription to " + workflow + " is closed");
            }
            lookAtTheClock();
            long seen = signal.count();
            List<Message> messages = takeDue(max);
            long left = wait.toNanos() - (System.nanoTime() - start);
            if (!messages.isEmpty() || left <= 0) {
                return messages;
            }
            signal.await(seen, Duration.ofNanos(Math.min(left, LOOK.toNanos())));
        }
    }

    private void lookAtTheClock() throws IngestException, InterruptedException {
        if (System.nanoTime() - nextClockLook < 0) {
            return;
        }
        nextClockLook = System.nanoTime() + CLOCK_LOOK.toNanos();
        if (database.read("look at the times", connection -> Messages.anyAhead(connection, workflow))) {
            int messages = database.writeNow(
                    "correct the times of messages", connection -> Messages.beginNow(connection, workflow));
            log.atWarn()
                    .addKeyValue("workflow", workflow)
                    .addKeyValue("messages", messages)
                    .log("the clock was set back; what waits begins its wait anew");
        }
    }

    private List<Message> takeDue(int max) throws IngestException, InterruptedException {
        // Looking costs nothing; taking locks the file for all processes.
        if (!database.read("look for messages", connection -> Messages.anyDue(connection, workflow))) {
            return List.of();
        }
        long token = ThreadLocalRandom.current().nextLong();
        CompletableFuture<List<Row>> taking =
                database.write("take messages", connection -> Messages.take(connection, workflow, max, ackWait, token));
        try {
            return Database.await(taking).stream()
                    .<Message>map(row -> new EmbeddedMessage(database, signal, row, ackWait))
                    .toList();
        } catch (InterruptedException e) {
            // Taken already or about to be, and nobody will work on them.
            var unused = taking.thenAccept(this::giveBack);
            throw e;
        }
    }

    private void giveBack(List<Row> rows) {
        for (Row row : rows) {
            var unused = database.write("give a message back", connection -> Messages.giveBack(connection, row))
                    .thenRun(signal::give);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
