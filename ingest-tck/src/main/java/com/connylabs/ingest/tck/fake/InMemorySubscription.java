package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A view of one workflow in an {@link InMemoryQueue}. */
record InMemorySubscription(InMemoryQueue queue, String workflow) implements Subscription {
    @Override
    public List<Message> pop(int max, Duration wait) throws IngestException, InterruptedException {
        return queue.pop(workflow, max, wait);
    }

    @Override
    public Optional<Duration> ackWait() {
        return Optional.of(queue.ackWait());
    }

    @Override
    public void close() {}
}
