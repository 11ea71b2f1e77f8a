package com.connylabs.ingest.core.dequeue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.core.webhook.WebhookOptions;
import java.util.Optional;

/**
 * How one workflow is worked off. Immutable; start from {@link #of} and change what differs.
 *
 * @param workflow name of the workflow, as it was enqueued
 * @param copying what is done with an element
 * @param webhook whom to tell
 * @param retries when an element is tried again
 * @param ending how it ends
 */
public record DequeuerOptions(
        String workflow, CopyOptions copying, Optional<WebhookOptions> webhook, Retries retries, Ending ending) {

    /** Checks that nothing is missing. */
    public DequeuerOptions {
        requireNonNull(workflow, "workflow");
        requireNonNull(copying, "copying");
        requireNonNull(webhook, "webhook");
        requireNonNull(retries, "retries");
        requireNonNull(ending, "ending");
    }

    /**
     * The defaults.
     *
     * @param workflow name of the workflow
     * @return options that copy until stopped, tell nobody, and never clean up
     */
    public static DequeuerOptions of(String workflow) {
        return new DequeuerOptions(workflow, CopyOptions.DEFAULT, Optional.empty(), Retries.DEFAULT, Ending.DEFAULT);
    }

    /**
     * These options, doing something else with an element.
     *
     * @param other what
     * @return a changed copy
     */
    public DequeuerOptions with(CopyOptions other) {
        return new DequeuerOptions(workflow, other, webhook, retries, ending);
    }

    /**
     * These options with a webhook.
     *
     * @param other whom to tell
     * @return a changed copy
     */
    public DequeuerOptions with(WebhookOptions other) {
        return new DequeuerOptions(workflow, copying, Optional.of(other), retries, ending);
    }

    /**
     * These options with other retries.
     *
     * @param other when an element is tried again
     * @return a changed copy
     */
    public DequeuerOptions with(Retries other) {
        return new DequeuerOptions(workflow, copying, webhook, other, ending);
    }

    /**
     * These options with another ending.
     *
     * @param other how it ends
     * @return a changed copy
     */
    public DequeuerOptions with(Ending other) {
        return new DequeuerOptions(workflow, copying, webhook, retries, other);
    }
}
