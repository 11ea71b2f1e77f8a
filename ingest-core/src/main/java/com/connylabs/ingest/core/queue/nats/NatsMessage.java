package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.TransientException;
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

    NatsMessage(
            NatsConnector connector, NatsDeadLetters deadLetters, String workflow, io.nats.client.Message delivered) {
        this.connector = connector;
        this.deadLetters = deadLetters;
        this.workflow = workflow;
        this.data = delivered.getData();
        this.replyTo = String.valueOf(delivered.getReplyTo());
        this.deliveries = delivered.metaData().deliveredCount();
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
        confirm("+ACK");
    }

    @Override
    public void nak(Duration delay) throws IngestException {
        tell(delay.isZero() ? "-NAK" : "-NAK {\"delay\":" + delay.toNanos() + "}");
    }

    @Override
    public void term(DeadLetter letter) throws IngestException, InterruptedException {
        Interrupts.honoured(() -> {
            deadLetters.store(letter);
            return letter;
        });
        confirm("+TERM");
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
