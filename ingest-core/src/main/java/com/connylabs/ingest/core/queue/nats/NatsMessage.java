package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.TransientException;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A delivery, answered over whichever connection there is then. */
final class NatsMessage implements Message {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final NatsConnector connector;
    private final NatsDeadLetters deadLetters;
    private final String workflow;
    private final byte[] data;
    private final String replyTo;
    private final long deliveries;
    private final NatsJetStreamMetaData place;
    private final long losses;

    NatsMessage(
            NatsConnector connector, NatsDeadLetters deadLetters, String workflow, io.nats.client.Message delivered) {
        this.connector = connector;
        this.deadLetters = deadLetters;
        this.workflow = workflow;
        this.data = delivered.getData();
        this.replyTo = String.valueOf(delivered.getReplyTo());
        this.place = delivered.metaData();
        this.deliveries = place.deliveredCount();
        this.losses = connector.losses();
    }

    @Override
    public byte[] data() {
        return data;
    }

    @Override
    public long deliveries() {
        return deliveries;
    }

    @Override
    public void ack() throws IngestException, InterruptedException {
        if (Interrupts.honoured(this::stands)) {
            confirm("+ACK");
        }
    }

    @Override
    public void nak(Duration delay) throws IngestException {
        tell(delay.isZero() ? "-NAK" : "-NAK {\"delay\":" + delay.toNanos() + "}");
    }

    @Override
    public void term(DeadLetter letter) throws IngestException, InterruptedException {
        boolean stored = Interrupts.honoured(() -> {
            boolean stands = stands();
            if (stands) {
                deadLetters.store(letter);
            }
            return stands;
        });
        if (stored) {
            confirm("+TERM");
        }
    }

    /**
     * Whether the message is there to be ended. An answer names it by its number only. While the connection was lost, the
     * server may have lost its disk, and where the stream is made anew it counts from one: then another message has the number.
     */
    private boolean stands() throws IngestException {
        if (connector.losses() == losses) {
            return true;
        }
        try {
            return StreamMessages.read(
                            connector.connection().jetStreamManagement(), place.getStream(), place.streamSequence())
                    .map(MessageInfo::getTime)
                    .filter(time -> time.toInstant().equals(place.timestamp().toInstant()))
                    .isPresent();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw ApiErrors.endpoint(
                    "queue at " + connector.where() + ": looking for a message of workflow " + workflow, e);
        }
    }

    @Override
    public void inProgress() throws IngestException {
        tell("+WPI");
    }

    private void confirm(String answer) throws IngestException, InterruptedException {
        io.nats.client.Message confirmation;
        try {
            confirmation = connector.connection().request(replyTo, bytes(answer), TIMEOUT);
        } catch (IllegalStateException e) {
            throw new EndpointException(what(answer) + ": " + e.getMessage(), e);
        }
        if (confirmation == null) {
            connector.requireConnected();
            throw new TransientException(what(answer) + ": the queue has not confirmed it; the message may come again");
        }
    }

    private void tell(String answer) throws IngestException {
        try {
            Interrupts.shielded(() -> {
                connector.connection().publish(replyTo, bytes(answer));
                return answer;
            });
        } catch (IllegalStateException e) {
            throw new EndpointException(what(answer) + ": " + e.getMessage(), e);
        }
    }

    private String what(String answer) {
        return "queue at " + connector.where() + ": answering a message of workflow " + workflow + " with "
                + answer.substring(1, 4).strip();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
