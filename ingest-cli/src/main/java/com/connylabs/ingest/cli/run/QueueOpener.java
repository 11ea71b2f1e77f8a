package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Queue;

/** Opens the queue. */
@FunctionalInterface
interface QueueOpener {
    /**
     * Opens the queue, once.
     *
     * @return the queue, which the caller closes
     * @throws IngestException if it cannot be reached or used; says where and why
     * @throws InterruptedException if the thread was interrupted
     */
    Queue open() throws IngestException, InterruptedException;
}
