package com.connylabs.ingest.core.queue.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.support.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of one subscription arrive. What comes too late for one request is handed out with the next, so that
 * nothing waits for the ack wait to pass. Used by one thread at a time, but for {@link #close}.
 */
final class Inbox implements AutoCloseable {
    // Until the server has said that a request is over; only a server that has died does not.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Connection connection;
    private final String prefix;
    private final Subscription subscription;
    private long requests;

    Inbox(Connection connection) {
        this.connection = connection;
        this.prefix = connection.createInbox();
        this.subscription = Interrupts.shielded(() -> connection.subscribe(prefix + ".*"));
    }

    /** Whether this connection is still the one. */
    boolean isOf(Connection current) {
        return connection == current;
    }

    /** Asks for messages, and takes them as they come. */
    Pulled pull(Route route, int max, Duration wait) throws InterruptedException {
        return pull(route.stream(), route.durable(), max, wait);
    }

    Pulled pull(String stream, String consumer, int max, Duration wait) throws InterruptedException {
        List<Message> taken = leftOver(max);
        if (!taken.isEmpty()) {
            return new Pulled(taken, Outcome.DONE, "");
        }
        String reply = prefix + "." + ++requests;
        PullRequest.send(connection, stream, consumer, reply, max, wait);
        return receive(reply, max, System.nanoTime() + wait.plus(GRACE).toNanos());
    }

    /** What has arrived without being taken. */
    List<Message> leftOver(int max) throws InterruptedException {
        List<Message> taken = new ArrayList<>();
        Message message = now();
        while (message != null) {
            if (!message.isStatusMessage()) {
                taken.add(message);
            }
            message = taken.size() < max ? now() : null;
        }
        return taken;
    }

    @Override
    public void close() {
        if (subscription.isActive()) {
            subscription.unsubscribe();
        }
    }

    private Pulled receive(String reply, int max, long deadline) throws InterruptedException {
        List<Message> taken = new ArrayList<>();
        while (taken.size() < max) {
            long left = deadline - System.nanoTime();
            long most = taken.isEmpty() ? left : Math.min(left, GRACE.toNanos());
            Message message = most <= 0 ? null : subscription.nextMessage(Duration.ofNanos(most));
            if (message == null) {
                return new Pulled(taken, Outcome.SILENCE, "no answer");
            }
            if (!message.isStatusMessage()) {
                taken.add(message);
            } else if (reply.equals(message.getSubject())) {
                return ended(taken, message.getStatus());
            }
        }
        return new Pulled(taken, Outcome.DONE, "");
    }

    private static Pulled ended(List<Message> taken, Status status) {
        if (status.getCode() == 408) {
            return new Pulled(taken, Outcome.EXPIRED, status.getMessageWithCode());
        }
        boolean quiet = status.getCode() == 404
                || status.getMessage().contains("Batch Completed")
                || status.getMessage().contains("MaxAckPending");
        return new Pulled(taken, quiet ? Outcome.DONE : Outcome.TROUBLE, status.getMessageWithCode());
    }

    private @Nullable Message now() throws InterruptedException {
        return subscription.nextMessage((Duration) null);
    }

    /** How a request ended. */
    enum Outcome {
        /** The server has given what there was. */
        DONE,
        /** The time of the request is over; there may be more. */
        EXPIRED,
        /** The server has refused the request or broken it off. */
        TROUBLE,
        /** Nothing was heard: the server has lost the request, or the durable is gone. */
        SILENCE
    }

    /**
     * What a request brought.
     *
     * @param status in the server's words
     */
    record Pulled(List<Message> messages, Outcome outcome, String status) {}
}
