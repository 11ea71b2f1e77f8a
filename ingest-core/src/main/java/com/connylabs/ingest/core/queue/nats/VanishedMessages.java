package com.connylabs.ingest.core.queue.nats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a durable forget messages that are not in the stream any more. After a server was killed, a durable may wait for the
 * acknowledgement of such a message: it has been worked off, cannot be delivered again, and is never given up (2.9). Then
 * the durable is never idle and its ack floor stays where it is, so that nobody could tell which of the others are lost.
 *
 * <p>Which message that is, the server does not say. So everything above the floor that is not in the stream is
 * acknowledged: nothing can be lost by that. What is in the stream, whosever it is, must not be: an acknowledgement removes
 * it. Used by one thread at a time.
 */
final class VanishedMessages {
    private static final Logger LOG = LoggerFactory.getLogger(VanishedMessages.class);
    private static final byte[] ACK = "+ACK".getBytes(US_ASCII);
    private static final int MOST_READ = 10_000;

    private final int mostAcks;
    private @Nullable State seen;
    private @Nullable State forgotten;
    private long next;

    /** What changes while messages are delivered and acknowledged. */
    private record State(long floor, long delivered, long pending) {}

    /** Acknowledges so many at a time, and goes on with the next look. */
    VanishedMessages(int mostAcks) {
        this.mostAcks = mostAcks;
    }

    /** A new connection: what was sent over the old one may not have arrived. */
    void reset() {
        seen = null;
        forgotten = null;
    }

    /** Does nothing unless the durable has come to a standstill since the last call. */
    void forget(Connection connection, Route route, ConsumerInfo durable) throws IOException, JetStreamApiException {
        State before = seen;
        State now = new State(
                durable.getAckFloor().getStreamSequence(),
                durable.getDelivered().getConsumerSequence(),
                durable.getNumAckPending());
        seen = now;
        boolean waits = durable.getNumPending() == 0 && durable.getNumAckPending() > 0;
        if (!waits || !now.equals(before)) {
            return;
        }
        if (!now.equals(forgotten)) {
            forgotten = now;
            next = now.floor() + 1;
        }
        acknowledge(connection, route, durable.getDelivered().getStreamSequence());
    }

    /** Goes on where it stopped the last time. */
    private void acknowledge(Connection connection, Route route, long last) throws IOException, JetStreamApiException {
        if (next > last) {
            return;
        }
        JetStreamManagement management = connection.jetStreamManagement();
        long acks = 0;
        for (int read = 0; read < MOST_READ && next <= last && acks < mostAcks; read++) {
            long there = first(management, route, next).map(MessageInfo::getSeq).orElse(Long.MAX_VALUE);
            for (; next < there && next <= last && acks < mostAcks; next++) {
                connection.publish(subject(route, next), ACK);
                acks++;
            }
            if (next == there) {
                next++;
            }
        }
        LOG.atDebug()
                .addKeyValue("workflow", route.workflow())
                .addKeyValue("sequences", acks)
                .log("the durable stands still; what is not in the stream any more has been acknowledged");
    }

    /** The first message of anybody. */
    private static Optional<MessageInfo> first(JetStreamManagement management, Route route, long from)
            throws IOException, JetStreamApiException {
        return StreamMessages.first(management, route.stream(), from, ">");
    }

    /** Where messages of this sequence are acknowledged. Which delivery it was does not matter. */
    private static String subject(Route route, long sequence) {
        return "$JS.ACK." + route.stream() + "." + route.durable() + ".1." + sequence + ".0.0.0";
    }
}
