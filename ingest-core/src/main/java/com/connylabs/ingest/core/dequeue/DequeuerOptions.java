package com.connylabs.ingest.core.dequeue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.webhook.WebhookOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * How one workflow is worked off. Immutable; start from {@link #of} and change what differs.
 *
 * @param workflow name of the workflow, as it was enqueued
 * @param concurrency the most elements that are worked on at the same time
 * @param cleanUp whether to remove from the source what was stored everywhere
 * @param onChange what to do when a destination has another version
 * @param webhook whom to tell
 * @param batchSize the most URIs in one webhook request
 * @param ackWait the queue's ack wait; three heartbeats are sent in this time
 * @param attempts how often an element is tried before it becomes a dead letter
 * @param backoff the wait between attempts
 * @param shutdownTimeout how long {@code stop} waits for what is running before it is handed back
 * @param patience how long an endpoint may be at fault before {@code dequeue} fails, once it was told to drain
 */
public record DequeuerOptions(
        String workflow,
        int concurrency,
        boolean cleanUp,
        OnChange onChange,
        Optional<WebhookOptions> webhook,
        int batchSize,
        Duration ackWait,
        int attempts,
        Backoff backoff,
        Duration shutdownTimeout,
        Duration patience) {

    /** Default of {@code batchSize}, and with it of {@code concurrency}. Source: connylabs/ingest, DefaultBatchSize. */
    public static final int DEFAULT_BATCH_SIZE = 8;

    /** Checks that nothing is missing and that the numbers are positive. */
    public DequeuerOptions {
        requireNonNull(workflow, "workflow");
        requireNonNull(onChange, "onChange");
        requireNonNull(webhook, "webhook");
        requireNonNull(ackWait, "ackWait");
        requireNonNull(backoff, "backoff");
        requireNonNull(shutdownTimeout, "shutdownTimeout");
        requireNonNull(patience, "patience");
        if (concurrency < 1 || batchSize < 1 || attempts < 1) {
            throw new IllegalArgumentException("concurrency, batchSize and attempts must be at least 1");
        }
    }

    /**
     * The defaults.
     *
     * @param workflow name of the workflow
     * @return options that copy until stopped, and never clean up
     */
    public static DequeuerOptions of(String workflow) {
        return new DequeuerOptions(
                workflow,
                DEFAULT_BATCH_SIZE,
                false,
                OnChange.COPY,
                Optional.empty(),
                DEFAULT_BATCH_SIZE,
                Duration.ofSeconds(30),
                10,
                Backoff.DEFAULT,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }

    /**
     * These options with another concurrency.
     *
     * @param slots the most elements at the same time
     * @return a changed copy
     */
    public DequeuerOptions withConcurrency(int slots) {
        return new DequeuerOptions(
                workflow,
                slots,
                cleanUp,
                onChange,
                webhook,
                batchSize,
                ackWait,
                attempts,
                backoff,
                shutdownTimeout,
                patience);
    }

    /**
     * These options, removing from the source what was stored everywhere.
     *
     * @return a changed copy
     */
    public DequeuerOptions cleaningUp() {
        return new DequeuerOptions(
                workflow,
                concurrency,
                true,
                onChange,
                webhook,
                batchSize,
                ackWait,
                attempts,
                backoff,
                shutdownTimeout,
                patience);
    }

    /**
     * These options with a webhook.
     *
     * @param options whom to tell
     * @return a changed copy
     */
    public DequeuerOptions withWebhook(WebhookOptions options) {
        return new DequeuerOptions(
                workflow,
                concurrency,
                cleanUp,
                onChange,
                Optional.of(options),
                batchSize,
                ackWait,
                attempts,
                backoff,
                shutdownTimeout,
                patience);
    }

    /**
     * These options with other retries.
     *
     * @param most how often an element is tried
     * @param between the wait between attempts
     * @return a changed copy
     */
    public DequeuerOptions withRetries(int most, Backoff between) {
        return new DequeuerOptions(
                workflow,
                concurrency,
                cleanUp,
                onChange,
                webhook,
                batchSize,
                ackWait,
                most,
                between,
                shutdownTimeout,
                patience);
    }

    /**
     * These options with another way to treat changes.
     *
     * @param choice what to do when a destination has another version
     * @return a changed copy
     */
    public DequeuerOptions withOnChange(OnChange choice) {
        return new DequeuerOptions(
                workflow,
                concurrency,
                cleanUp,
                choice,
                webhook,
                batchSize,
                ackWait,
                attempts,
                backoff,
                shutdownTimeout,
                patience);
    }
}
