package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import java.time.Duration;

/** One delivery of a message of an {@link InMemoryQueue}. */
record InMemoryMessage(InMemoryQueue queue, String workflow, QueuedMessage message, long deliveries)
        implements Message {
    @Override
    public byte[] data() {
        return message.data;
    }

    @Override
    public void ack() throws IngestException, InterruptedException {
        queue.ack(workflow, message);
    }

    @Override
    public void nak(Duration delay) throws IngestException {
        queue.nak(message, delay);
    }

    @Override
    public void term(DeadLetter letter) throws IngestException, InterruptedException {
        queue.term(workflow, message, letter);
    }

    @Override
    public void inProgress() throws IngestException {
        queue.inProgress(message);
    }
}
