package com.connylabs.ingest.core.queue.embedded;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.queue.embedded.Messages.Row;
import java.time.Duration;

/** One delivery. What comes too late from it cannot touch a later one. */
final class EmbeddedMessage implements Message {
    private final Database database;
    private final Signal signal;
    private final Row row;
    private final Duration ackWait;

    EmbeddedMessage(Database database, Signal signal, Row row, Duration ackWait) {
        this.database = database;
        this.signal = signal;
        this.row = row;
        this.ackWait = ackWait;
    }

    @Override
    public byte[] data() {
        return row.data();
    }

    @Override
    public long deliveries() {
        return row.deliveries();
    }

    @Override
    public void ack() throws IngestException, InterruptedException {
        database.writeNow("acknowledge a message", connection -> Messages.delete(connection, row));
    }

    @Override
    public void nak(Duration delay) throws IngestException {
        postpone("give a message back", delay);
        signal.give();
    }

    @Override
    public void inProgress() throws IngestException {
        postpone("hold a message", ackWait);
    }

    /** Short enough to be done to its end even by a thread that was interrupted, which often has to give something back. */
    private void postpone(String what, Duration wait) throws IngestException {
        boolean interrupted = Thread.interrupted();
        try {
            database.writeNow(what, connection -> Messages.postpone(connection, row, wait));
        } catch (InterruptedException e) {
            interrupted = true;
            throw new TransientException(what + ": interrupted", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * The letter is there and the message is gone in the same instant. There is no letter for what somebody else has
     * finished meanwhile.
     */
    @Override
    public void term(DeadLetter letter) throws IngestException, InterruptedException {
        database.writeNow("store a dead letter", connection -> {
            boolean alive = Messages.delete(connection, row);
            if (alive) {
                Letters.insert(connection, letter);
            }
            return alive;
        });
    }
}
