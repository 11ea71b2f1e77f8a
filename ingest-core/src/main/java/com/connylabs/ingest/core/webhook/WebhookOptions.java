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
 */
public record WebhookOptions(URI url, Optional<Secret> secret, Duration timeout) {
    /** Checks that nothing is missing. */
    public WebhookOptions {
        requireNonNull(url, "url");
        requireNonNull(secret, "secret");
        requireNonNull(timeout, "timeout");
    }

    /**
     * A webhook without a signature, and a time-out of 30 seconds.
     *
     * @param url receives the POST
     * @return the options
     */
    public static WebhookOptions of(URI url) {
        return new WebhookOptions(url, Optional.empty(), Duration.ofSeconds(30));
    }
}
