package com.connylabs.ingest.cli.config;

import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.dequeue.OnChange;
import com.connylabs.ingest.core.webhook.WebhookOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * How a workflow's elements are copied.
 *
 * @param cleanUp whether to remove from the source what was stored everywhere
 * @param onChange what to do when a destination has another version
 * @param batchSize the most URIs in one webhook request
 * @param concurrency the most elements at the same time
 * @param webhook whom to tell
 * @param retries what happens when it fails
 */
public record CopyConfig(
        boolean cleanUp,
        OnChange onChange,
        int batchSize,
        int concurrency,
        Optional<WebhookOptions> webhook,
        Retries retries) {

    /**
     * What happens to an element whose copying failed.
     *
     * @param ackWait how long the queue waits for a sign of life before another worker gets the element
     * @param attempts how often it is tried before it becomes a dead letter
     * @param backoff the wait between attempts
     */
    public record Retries(Duration ackWait, int attempts, Backoff backoff) {}
}
