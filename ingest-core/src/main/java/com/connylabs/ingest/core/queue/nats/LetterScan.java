package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.DeadLetters.Visitor;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.core.queue.DeadLetterJson;
import com.connylabs.ingest.core.queue.nats.Inbox.Outcome;
import com.connylabs.ingest.core.queue.nats.Inbox.Pulled;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes once through the dead letters that are there at its start, a batch at a time, with a consumer that the server
 * forgets by itself. When the visitor takes so long that it has been forgotten, or the server was restarted, another
 * consumer goes on behind the last letter that was shown. Used once, by one thread.
 */
final class LetterScan implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LetterScan.class);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final int BATCH = 100;
    private static final int MOST_FAULTS = 2;

    private final NatsConnector connector;
    private final String stream;
    private final String filter;
    private long next = 1;
    private boolean ended;
    private int faults;
    private @Nullable String consumer;
    private @Nullable Inbox inbox;

    LetterScan(NatsConnector connector, String stream, String filter) {
        this.connector = connector;
        this.stream = stream;
        this.filter = filter;
    }

    /** Shows the letters; says how many there were. */
    long run(Visitor visitor) throws IOException, JetStreamApiException, IngestException, InterruptedException {
        long last = lastSequence();
        long shown = 0;
        while (!ended && next <= last) {
            for (Message message : batch()) {
                long sequence = message.metaData().streamSequence();
                next = sequence + 1;
                ended = ended || message.metaData().pendingCount() == 0;
                if (sequence <= last && show(message, visitor)) {
                    shown++;
                }
            }
        }
        return shown;
    }

    private long lastSequence() throws IOException, JetStreamApiException {
        try {
            return connector
                    .connection()
                    .jetStreamManagement()
                    .getStreamInfo(stream)
                    .getStreamState()
                    .getLastSequence();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiErrors.STREAM_NOT_FOUND) {
                return 0;
            }
            throw e;
        }
    }

    private static boolean show(Message message, Visitor visitor) throws IngestException, InterruptedException {
        com.connylabs.ingest.api.DeadLetter letter;
        try {
            letter = DeadLetterJson.read(message.getData());
        } catch (PermanentException e) {
            LOG.atWarn()
                    .addKeyValue("subject", message.getSubject())
                    .addKeyValue("sequence", message.metaData().streamSequence())
                    .addKeyValue("reason", e.getMessage())
                    .log("message among the dead letters is none, and is passed over");
            return false;
        }
        visitor.visit(letter);
        return true;
    }

    private List<Message> batch() throws IOException, JetStreamApiException, IngestException, InterruptedException {
        Inbox from = inbox;
        String by = consumer;
        if (from == null || by == null) {
            from = open();
            by = consumer;
        }
        if (ended || by == null) {
            return List.of();
        }
        Pulled pulled = from.pull(stream, by, BATCH, WAIT);
        boolean none = pulled.messages().isEmpty();
        if (pulled.outcome() == Outcome.DONE || (pulled.outcome() == Outcome.EXPIRED && !none)) {
            faults = 0;
            ended = none;
        } else {
            failed(pulled.status()); // another consumer is told how many there are left
        }
        return pulled.messages();
    }

    private Inbox open() throws IOException, JetStreamApiException {
        Connection connection = connector.connection();
        ConsumerInfo made = connection
                .jetStreamManagement()
                .addOrUpdateConsumer(
                        stream,
                        ConsumerConfiguration.builder()
                                .filterSubject(filter)
                                .deliverPolicy(DeliverPolicy.ByStartSequence)
                                .startSequence(next)
                                .ackPolicy(AckPolicy.None)
                                .inactiveThreshold(FORGOTTEN_AFTER)
                                .memStorage(true)
                                .numReplicas(1)
                                .build());
        consumer = made.getName();
        ended = made.getNumPending() == 0;
        Inbox opened = new Inbox(connection);
        inbox = opened;
        return opened;
    }

    private void failed(String status) throws EndpointException {
        close();
        if (++faults >= MOST_FAULTS) {
            throw new EndpointException(
                    "queue at " + connector.where() + ": stream " + stream + " of dead letters: reading: " + status);
        }
    }

    /** Lets the server forget the consumer now; if that fails, it does so by itself. */
    @Override
    public void close() {
        Inbox opened = inbox;
        String made = consumer;
        inbox = null;
        consumer = null;
        if (opened != null) {
            opened.close();
        }
        if (made == null || !connector.connected()) {
            return;
        }
        try {
            connector.connection().jetStreamManagement().deleteConsumer(stream, made);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            LOG.atDebug().setCause(e).log("consumer of dead letters was not deleted; it is forgotten in a minute");
        }
    }
}
