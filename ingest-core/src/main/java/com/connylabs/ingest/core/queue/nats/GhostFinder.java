package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the messages of a workflow that the server has lost track of, and has them worked on like any other.
 *
 * <p>When a server is killed, messages can stay in the stream that its durable takes for done: such as were acked shortly
 * before, by the thousand, and in a cluster, rarely, such as nobody has ever seen. They would occupy the subjects of their
 * elements for ever, so that those are never copied again. As nobody can tell the two kinds apart, both are copied (which
 * finds the first kind done already) and then deleted one by one. A message that an operator's {@code max_deliver} has
 * left behind is found in the same way.
 *
 * <p>Every look notes up to which sequence the durable takes all for done: its ack floor, or while it has nothing pending,
 * the stream's last message. What is in the stream below the marks of two looks, some seconds apart, is lost. A durable
 * that waits for what is not there would hold the mark back, see {@link VanishedMessages}. Safe to use from many threads.
 */
final class GhostFinder {
    private static final Logger LOG = LoggerFactory.getLogger(GhostFinder.class);
    private static final Duration SECOND_LOOK = Duration.ofSeconds(5);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int MOST_HELD = 1000;
    private static final int MOST_ACKS = 100_000;

    private final NatsConnector connector;
    private final NatsDeadLetters deadLetters;
    private final VanishedMessages vanished = new VanishedMessages(MOST_ACKS);
    private final Map<Long, Ghost> held = new TreeMap<>();
    private @Nullable GhostSweep sweep;
    private long mark;
    private long epoch = -1;
    private long nextLook;

    GhostFinder(NatsConnector connector, NatsDeadLetters deadLetters) {
        this.connector = connector;
        this.deadLetters = deadLetters;
    }

    /** The lost messages that may be worked on now; looks for more when it is time to. */
    synchronized List<Message> take(Route route, int max) {
        if (route.layout() == StreamLayout.PER_WORKFLOW) {
            // There a message blocks nobody, and may be waiting for a consumer that is not ours.
            return List.of();
        }
        List<Message> messages = new ArrayList<>();
        try {
            JetStreamManagement management = connector.connection().jetStreamManagement();
            if (due()) {
                look(management, route);
            }
            takeHeld(management, route, max, messages);
            takeNew(management, route, max, messages);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            // The others are worked on all the same, and the next look is not far.
            LOG.atDebug().addKeyValue("workflow", route.workflow()).setCause(e).log("cannot look for lost messages");
        }
        return messages;
    }

    /** Ends a lost message: what its element asked for is done. */
    Ghost end(Route route, Ghost ghost) throws IngestException {
        try {
            delete(connector.connection().jetStreamManagement(), route, ghost);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw ApiErrors.endpoint(
                    "queue at " + connector.where() + ": deleting message " + ghost.sequence() + " of stream "
                            + route.stream(),
                    e);
        }
        synchronized (this) {
            held.remove(ghost.sequence());
        }
        return ghost;
    }

    /** Gives a lost message up. */
    Ghost bury(Route route, Ghost ghost, DeadLetter letter) throws IngestException {
        deadLetters.store(letter);
        return end(route, ghost);
    }

    private boolean due() {
        boolean anew = epoch != connector.epoch();
        epoch = connector.epoch();
        if (anew) {
            vanished.reset();
        }
        return sweep == null && (anew || System.nanoTime() - nextLook >= 0);
    }

    private void look(JetStreamManagement management, Route route) throws IOException, JetStreamApiException {
        long now = System.nanoTime();
        nextLook = now + PERIOD.toNanos();
        long last = management.getStreamInfo(route.stream()).getStreamState().getLastSequence();
        ConsumerInfo durable = management.getConsumerInfo(route.stream(), route.durable());
        vanished.forget(connector.connection(), route, durable);
        boolean idle = durable.getNumPending() == 0 && durable.getNumAckPending() == 0;

        long before = mark;
        mark = idle ? last : durable.getAckFloor().getStreamSequence();
        long first =
                GhostSweep.first(management, route, 1).map(MessageInfo::getSeq).orElse(Long.MAX_VALUE);
        long bound = Math.min(before, mark);
        if (first <= bound) {
            sweep = new GhostSweep(first, bound);
            LOG.atWarn()
                    .addKeyValue("workflow", route.workflow())
                    .log("the server has lost track of messages; they are worked on again");
        } else if (first <= mark) {
            nextLook = now + SECOND_LOOK.toNanos();
        }
    }

    private void takeHeld(JetStreamManagement management, Route route, int max, List<Message> messages)
            throws IOException, JetStreamApiException {
        for (Ghost ghost : List.copyOf(held.values())) {
            if (messages.size() >= max) {
                return;
            }
            if (ghost.ready()) {
                Optional<MessageInfo> found = read(management, route, ghost);
                if (found.isPresent()) {
                    messages.add(
                            new GhostMessage(this, ghost, route, found.get().getData()));
                } else {
                    // Another process was faster, or the stream is another one.
                    held.remove(ghost.sequence());
                }
            }
        }
    }

    private void takeNew(JetStreamManagement management, Route route, int max, List<Message> messages)
            throws IOException, JetStreamApiException {
        GhostSweep current = sweep;
        while (current != null && messages.size() < max && held.size() < MOST_HELD) {
            Optional<MessageInfo> found = current.next(management, route);
            if (found.isEmpty()) {
                sweep = null;
                return;
            }
            long sequence = found.get().getSeq();
            if (!held.containsKey(sequence)) {
                Ghost ghost = new Ghost(found.get());
                held.put(sequence, ghost);
                messages.add(new GhostMessage(this, ghost, route, found.get().getData()));
            }
        }
    }

    private static Optional<MessageInfo> read(JetStreamManagement management, Route route, Ghost ghost)
            throws IOException, JetStreamApiException {
        return StreamMessages.read(management, route.stream(), ghost.sequence()).filter(ghost::is);
    }

    /** A stream that was deleted and made anew counts from one again: then another message has the number, and stays. */
    private static void delete(JetStreamManagement management, Route route, Ghost ghost)
            throws IOException, JetStreamApiException {
        if (read(management, route, ghost).isPresent()) {
            StreamMessages.delete(management, route.stream(), ghost.sequence());
        }
    }
}
