package com.connylabs.ingest.cli.config;

import com.connylabs.ingest.core.dequeue.CopyOptions;
import com.connylabs.ingest.core.dequeue.Retries;
import com.connylabs.ingest.core.webhook.WebhookOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * How a workflow's elements are copied.
 *
 * @param copying what is done with an element
 * @param webhook whom to tell
 * @param retries what happens when it fails
 * @param ackWait the ack wait of {@code retries}, if it is written in the file
 */
public record CopyConfig(
        CopyOptions copying, Optional<WebhookOptions> webhook, Retries retries, Optional<Duration> ackWait) {}
