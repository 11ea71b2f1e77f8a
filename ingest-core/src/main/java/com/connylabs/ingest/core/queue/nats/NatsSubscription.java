package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.core.queue.nats.Inbox.Outcome;
import com.connylabs.ingest.core.queue.nats.Inbox.Pulled;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes a workflow's messages, never more than asked for, and goes on by itself when the server, the stream or the durable
 * comes back.
 */
final class NatsSubscription implements Subscription {
    // A request that dies with the server costs no more than this.
    private static final Duration MOST_WAIT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration MOST_PAUSE = Duration.ofSeconds(1);
    private static final int SILENCES = 2;

    private final NatsConnector connector;
    private final Routes routes;
    private final GhostFinder ghosts;
    private final String workflow;
    private final BiFunction<Route, io.nats.client.Message, Message> wrap;
    private final AckWait ackWait;
    private @Nullable Inbox inbox;
    private int silences;
    private volatile boolean closed;

    NatsSubscription(
            NatsConnector connector,
            Routes routes,
            GhostFinder ghosts,
            String workflow,
            BiFunction<Route, io.nats.client.Message, Message> wrap) {
        this.connector = connector;
        this.routes = routes;
        this.ghosts = ghosts;
        this.workflow = workflow;
        this.wrap = wrap;
        this.ackWait = new AckWait(connector);
    }

    @Override
    public List<Message> pop(int max, Duration wait) throws IngestException, InterruptedException {
        if (max < 1) {
            throw new IllegalArgumentException("max must be at least 1: " + max);
        }
        if (closed) {
            throw new IllegalStateException("the subscription to " + workflow + " is closed");
        }
        long deadline = System.nanoTime() + wait.toNanos();
        return Interrupts.honoured(() -> popUntil(max, deadline));
    }

    @Override
    public Optional<Duration> ackWait() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        routes.known(workflow).ifPresent(ackWait::look);
        return ackWait.last();
    }

    private List<Message> popUntil(int max, long deadline) throws IngestException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            if (!connector.awaitConnected(left(deadline))) {
                connector.requireConnected();
            }
            Route route = routes.ensure(workflow);
            List<Message> lost = ghosts.take(route, max);
            if (!lost.isEmpty()) {
                return lost;
            }
            Pulled pulled = pull(route, max, min(left(deadline), MOST_WAIT));
            if (!pulled.messages().isEmpty() || closed) {
                return pulled.messages().stream()
                        .map(message -> wrap.apply(route, message))
                        .toList();
            }
            boolean last = left(deadline).isZero();
            check(pulled, last);
            if (last) {
                return List.of();
            }
            if (pulled.outcome() == Outcome.TROUBLE) {
                Thread.sleep(min(pause, left(deadline)).toMillis());
                pause = min(pause.multipliedBy(2), MOST_PAUSE);
            }
        }
    }

    private Pulled pull(Route route, int max, Duration wait) throws InterruptedException {
        try {
            return inbox().pull(route, max, wait);
        } catch (IllegalStateException e) {
            // The connection was closed meanwhile, by us or by jnats.
            return new Pulled(List.of(), Outcome.TROUBLE, String.valueOf(e.getMessage()));
        }
    }

    private void check(Pulled pulled, boolean last) throws EndpointException {
        silences = pulled.outcome() == Outcome.SILENCE ? silences + 1 : 0;
        if (pulled.outcome() == Outcome.DONE || pulled.outcome() == Outcome.EXPIRED) {
            return;
        }
        routes.forget(workflow);
        if (last && (pulled.outcome() == Outcome.TROUBLE || silences >= SILENCES)) {
            throw new EndpointException("queue at " + connector.where() + ": taking messages of workflow " + workflow
                    + ": " + pulled.status());
        }
    }

    private Inbox inbox() {
        Inbox current = inbox;
        if (current == null || !current.isOf(connector.connection())) {
            current = new Inbox(connector.connection());
            inbox = current;
        }
        return current;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Inbox current = inbox;
        if (current != null) {
            current.close();
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(deadline - System.nanoTime(), 0));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
