package com.connylabs.ingest.core.queue.nats;

import io.nats.client.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One request for messages: up to {@code batch} of those that are ready, and if there are none, the first that comes.
 *
 * <p>Written here and not taken from jnats, whose fetch cannot wait for less than a second and does not tell a quiet
 * queue from one that did not answer. Source: NATS, ADR-37 and {@code $JS.API.CONSUMER.MSG.NEXT}.
 */
final class PullRequest {
    private PullRequest() {}

    static void send(Connection connection, String stream, String consumer, String replyTo, int batch, Duration wait) {
        String body = "{\"batch\":" + batch + ",\"no_wait\":true,\"expires\":" + wait.toNanos() + "}";
        connection.publish(
                "$JS.API.CONSUMER.MSG.NEXT." + stream + "." + consumer, replyTo, body.getBytes(StandardCharsets.UTF_8));
    }
}
