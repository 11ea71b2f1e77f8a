package com.connylabs.ingest.core.webhook;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.plugin.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Whom to tell what was stored.
 *
 * @param url receives a POST with a JSON array of URIs
 * @param secret key of the HMAC-SHA256 signature header, if there is one
 * @param timeout how long one request may take
 * @param batchSize the most URIs in one request
 */
public record WebhookOptions(URI url, Optional<Secret> secret, Duration timeout, int batchSize) {
    /** Default of {@code batchSize}. Source: connylabs/ingest, DefaultBatchSize. */
    public static final int DEFAULT_BATCH_SIZE = 8;

    /** Checks that nothing is missing and that there is room for a URI. */
    public WebhookOptions {
        requireNonNull(url, "url");
        requireNonNull(secret, "secret");
        requireNonNull(timeout, "timeout");
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize must be at least 1, not " + batchSize);
        }
    }

    /**
     * A webhook without a signature, and a time-out of 30 seconds.
     *
     * @param url receives the POST
     * @return the options
     */
    public static WebhookOptions of(URI url) {
        return new WebhookOptions(url, Optional.empty(), Duration.ofSeconds(30), DEFAULT_BATCH_SIZE);
    }
}
