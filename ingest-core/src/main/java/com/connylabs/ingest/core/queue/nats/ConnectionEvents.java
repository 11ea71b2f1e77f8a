package com.connylabs.ingest.core.queue.nats;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Turns what jnats tells about the connection into a few log lines, an outage's beginning and its end, and wakes those
 * who wait for it. Safe to use from many threads.
 */
final class ConnectionEvents implements ConnectionListener, ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionEvents.class);

    private static final String NO_ANSWER = TimeoutException.class.getSimpleName();
    private static final Duration REASON = Duration.ofSeconds(5);

    private final String where;
    private final Runnable onGivenUp;
    private long epoch;
    private long losses;
    private boolean established;
    private boolean closing;
    private @Nullable Instant downSince;
    private @Nullable String firstError;
    private @Nullable String lastServerError;

    /** @param onGivenUp called when jnats does not connect again by itself */
    ConnectionEvents(String where, Runnable onGivenUp) {
        this.where = where;
        this.onGivenUp = onGivenUp;
    }

    synchronized long epoch() {
        return epoch;
    }

    /**
     * How often a connection was lost. Unlike the epoch, which begins when somebody is told that there is another, this has
     * changed before anything can come over the next connection.
     */
    synchronized long losses() {
        return losses;
    }

    /** Why connecting failed, in words. */
    String reason(Exception thrown, boolean tls) throws InterruptedException {
        if (thrown instanceof AuthenticationException) {
            return "the server refuses the login (user and password or token in the URL, or see --nats-creds and"
                    + " --nats-nkey)";
        }
        // jnats throws the same for every reason, and tells the reason to its listener, from another thread.
        await(() -> firstError != null, REASON);
        String detail = firstError();
        if (detail == null) {
            return String.valueOf(thrown.getMessage());
        }
        return inWords(detail, tls);
    }

    private static String inWords(String detail, boolean tls) {
        if (detail.contains("SSL required by server")) {
            return "the server wants TLS; use tls:// in the URL";
        }
        if (detail.contains("SSL connection wanted by client")) {
            return "the server has no TLS; use nats:// in the URL, and no certificates";
        }
        if (detail.contains("PKIX path")) {
            return "no authority that is trusted here vouches for the server's certificate (" + detail + ")";
        }
        if (detail.equals(NO_ANSWER)) {
            return "the server took the connection and then did not answer"
                    + (tls ? "; it may want a client certificate, or another one" : "");
        }
        return detail;
    }

    private synchronized @Nullable String firstError() {
        return firstError;
    }

    /** Waits until the condition holds, which may be when something happens to the connection. */
    synchronized boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0 || closing) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    synchronized void closing() {
        closing = true;
        notifyAll();
    }

    /** The connection is there and can be used. */
    synchronized void up() {
        if (established && downSince == null) {
            return;
        }
        epoch++;
        if (downSince != null) {
            LOG.atInfo()
                    .addKeyValue("endpoint", where)
                    .addKeyValue("outage", Duration.between(downSince, Instant.now()))
                    .log("connected to the queue again");
        }
        established = true;
        downSince = null;
        firstError = null;
        lastServerError = null;
        notifyAll();
    }

    /** Since when there is no connection, and why, as far as that is known. */
    synchronized String outage() {
        String since = downSince == null ? "" : " at " + downSince.truncatedTo(ChronoUnit.SECONDS);
        return firstError == null ? since : since + " (" + firstError + ")";
    }

    /** Connecting anew failed again. */
    void stillDown(Exception e) {
        LOG.atDebug().addKeyValue("endpoint", where).setCause(e).log("queue is still down");
    }

    @Override
    @Deprecated
    public void connectionEvent(Connection connection, Events type) {}

    @Override
    public void connectionEvent(Connection connection, Events type, Long time, String uri) {
        switch (type) {
            case CONNECTED, RESUBSCRIBED -> up();
            case DISCONNECTED -> down();
            case CLOSED -> givenUp();
            default -> LOG.atDebug().addKeyValue("endpoint", where).log(type.getEvent());
        }
    }

    @Override
    public synchronized void errorOccurred(Connection connection, String error) {
        boolean repeated = error.equals(lastServerError);
        lastServerError = error;
        remember(error);
        LOG.atLevel(repeated || !established ? Level.DEBUG : Level.WARN)
                .addKeyValue("endpoint", where)
                .addKeyValue("error", error)
                .log("the queue's server reports an error");
    }

    @Override
    public synchronized void exceptionOccurred(Connection connection, Exception exception) {
        remember(message(exception));
        LOG.atDebug().addKeyValue("endpoint", where).setCause(exception).log("connection to the queue");
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        LOG.atWarn().addKeyValue("endpoint", where).log("messages come faster than they are taken");
    }

    private void remember(String error) {
        if (firstError == null) {
            firstError = error;
            notifyAll();
        }
    }

    private synchronized void down() {
        losses++;
        if (established && !closing && downSince == null) {
            downSince = Instant.now();
            LOG.atWarn()
                    .addKeyValue("endpoint", where)
                    .addKeyValue("reason", firstError)
                    .log("connection to the queue lost; connecting again until it is back");
        }
        notifyAll();
    }

    private void givenUp() {
        synchronized (this) {
            if (!established || closing) {
                return;
            }
        }
        down();
        onGivenUp.run();
    }

    private static String message(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause instanceof ExecutionException) {
            cause = cause.getCause();
        }
        String text = cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text;
    }
}
