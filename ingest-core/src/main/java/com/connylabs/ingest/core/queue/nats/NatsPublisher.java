package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.TransientException;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Publishes elements without waiting, and says what became of each. Safe to use from many threads. */
final class NatsPublisher {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final NatsConnector connector;
    private final Routes routes;

    NatsPublisher(NatsConnector connector, Routes routes) {
        this.connector = connector;
        this.routes = routes;
    }

    CompletableFuture<PublishResult> publish(String workflow, String id, byte[] data) {
        Optional<Route> known = routes.known(workflow);
        CompletableFuture<PublishResult> first = known.isPresent()
                ? send(known.get(), id, data)
                : routes.later(workflow).thenCompose(route -> send(route, id, data));
        return first.exceptionallyCompose(thrown -> recover(workflow, id, data, root(thrown)));
    }

    private CompletableFuture<PublishResult> send(Route route, String id, byte[] data) {
        try {
            return Interrupts.shielded(
                            () -> connector.connection().requestWithTimeout(route.subject(id), data, TIMEOUT))
                    .thenApply(NatsPublisher::read);
        } catch (IllegalStateException | IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static PublishResult read(Message answer) {
        try {
            PublishAck unused = new PublishAck(answer);
            return PublishResult.QUEUED;
        } catch (JetStreamApiException e) {
            if (ApiErrors.occupied(e)) {
                return PublishResult.ALREADY_OUTSTANDING;
            }
            throw new CompletionException(e);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private CompletableFuture<PublishResult> recover(String workflow, String id, byte[] data, Throwable cause) {
        if (!(cause instanceof CancellationException)) {
            return CompletableFuture.failedFuture(failure(workflow, id, cause));
        }
        // Nobody listens on the subject: the stream is gone. Made again, once, before the caller hears of it.
        routes.forget(workflow);
        return routes.later(workflow)
                .thenCompose(route -> send(route, id, data))
                .exceptionallyCompose(again -> CompletableFuture.failedFuture(failure(workflow, id, root(again))));
    }

    private IngestException failure(String workflow, String id, Throwable cause) {
        String what = "publishing " + id + " of workflow " + workflow + " to " + connector.where() + ": ";
        if (cause instanceof PermanentException permanent) {
            return permanent;
        }
        if (cause instanceof IngestException other) {
            return new TransientException(what + other.getMessage(), other);
        }
        if (cause instanceof IllegalArgumentException) {
            return new PermanentException(what + cause.getMessage(), cause);
        }
        if (cause instanceof TimeoutException) {
            return new TransientException(what + "no confirmation within " + TIMEOUT.toSeconds() + " s", cause);
        }
        if (cause instanceof JetStreamApiException api) {
            return refusal(what, api);
        }
        return new TransientException(what + cause.getMessage(), cause);
    }

    private static IngestException refusal(String what, JetStreamApiException api) {
        if (api.getApiErrorCode() == ApiErrors.MESSAGE_TOO_LARGE) {
            return new PermanentException(what + "the message is larger than the stream allows", api);
        }
        if (api.getApiErrorCode() == ApiErrors.STORE_FAILED) {
            return new TransientException(
                    what + "the stream is full (" + api.getErrorDescription() + "); workers must take from it first, or"
                            + " give it more room with --max-msgs",
                    api);
        }
        return new TransientException(what + api.getErrorDescription() + " (" + api.getApiErrorCode() + ")", api);
    }

    private static Throwable root(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? root(cause) : thrown;
    }
}
