package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.EndpointException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The connection to NATS, for ever: jnats makes it again when it breaks, and where jnats gives up (a server that refuses
 * our login twice, as it may while it starts), it is replaced by a new one. Safe to use from many threads.
 */
final class NatsConnector implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(10);
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration MOST_DELAY = Duration.ofSeconds(10);

    private final NatsOptions options;
    private final NatsEndpoint endpoint;
    private final ConnectionEvents events;
    private volatile Connection connection;
    private volatile boolean closed;
    private @Nullable Thread replacing;

    private NatsConnector(NatsOptions options) throws EndpointException, InterruptedException {
        this.options = options;
        this.endpoint = NatsEndpoint.parse(options.endpoint());
        this.events = new ConnectionEvents(endpoint.toString(), this::replace);
        this.connection = first();
        events.up();
    }

    /**
     * Connects, once.
     *
     * @throws EndpointException if that does not work; says where and why
     */
    static NatsConnector open(NatsOptions options) throws EndpointException, InterruptedException {
        return new NatsConnector(options);
    }

    /** The connection of now; it may be down. */
    Connection connection() {
        return connection;
    }

    boolean connected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    /** Grows with every connection that is made: whoever sees another number cannot rely on what was before. */
    long epoch() {
        return events.epoch();
    }

    /** Changes each time that the connection is lost. */
    long losses() {
        return events.losses();
    }

    /**
     * Waits until the connection is there.
     *
     * @return false if it was not there in time
     */
    boolean awaitConnected(Duration timeout) throws InterruptedException {
        return events.await(this::connected, timeout);
    }

    /** Fails if the connection is down. */
    void requireConnected() throws EndpointException {
        if (!connected()) {
            throw new EndpointException("the queue at " + endpoint + " cannot be reached; connecting goes on");
        }
    }

    /** What to tell an operator while the connection is down. */
    String fault() {
        return "connection to " + endpoint + " lost" + events.outage() + "; connecting again";
    }

    /** Where the queue is, without secrets. */
    String where() {
        return endpoint.toString();
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            if (replacing != null) {
                replacing.interrupt();
            }
        }
        events.closing();
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Connection first() throws EndpointException, InterruptedException {
        Options made;
        try {
            made = jnatsOptions();
        } catch (NoSuchFileException e) {
            throw failure("there is no file " + e.getFile(), e);
        } catch (IOException e) {
            throw failure(String.valueOf(e.getMessage()), e);
        }
        try {
            return Nats.connect(made);
        } catch (IOException e) {
            throw failure(events.reason(e, made.isTLSRequired()) + "; see --queue-endpoint", e);
        }
    }

    private EndpointException failure(String reason, IOException e) {
        return new EndpointException("cannot connect to the queue at " + endpoint + ": " + reason, e);
    }

    private Options jnatsOptions() throws IOException {
        Options.Builder builder = new Options.Builder()
                .servers(endpoint.servers().toArray(String[]::new))
                .connectionName("ingest")
                .connectionTimeout(CONNECT_TIMEOUT)
                .pingInterval(PING_INTERVAL)
                .requestCleanupInterval(Duration.ofSeconds(1))
                .useTimeoutException()
                .dontForceFlushOnRequest() // else each publish is a write of its own; the writer writes at once anyway
                .callbackThreadFactory(named("nats-events"))
                .connectThreadFactory(named("nats-connect"))
                .readerThreadFactory(named("nats-reader"))
                .writerThreadFactory(named("nats-writer"))
                .maxReconnects(-1)
                .reconnectDelayHandler(NatsConnector::delay)
                .errorListener(events)
                .connectionListener(events);
        if (endpoint.secure() || options.auth().tls()) {
            // Only the servers that were named, by the names that their certificates have.
            builder.sslContext(NatsTls.context(options.auth()))
                    .hostnameResolveMode(Options.HostnameResolveMode.HappyEyeballs)
                    .ignoreDiscoveredServers();
        }
        logIn(builder);
        return builder.build();
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private void logIn(Options.Builder builder) throws IOException {
        if (endpoint.user().isPresent()) {
            builder.userInfo(
                    endpoint.user().get().toCharArray(),
                    endpoint.secret().orElse("").toCharArray());
        } else if (endpoint.secret().isPresent()) {
            builder.token(endpoint.secret().get().toCharArray());
        }
        if (options.auth().credsFile().isPresent()) {
            FileLogin login = FileLogin.creds(options.auth().credsFile().get());
            login.check();
            builder.authHandler(login);
        } else if (options.auth().nkeyFile().isPresent()) {
            FileLogin login = FileLogin.nkey(options.auth().nkeyFile().get());
            login.check();
            builder.authHandler(login);
        }
    }

    /** Doubling, of which a random share between a half and the whole, so that many do not come back together. */
    static Duration delay(long round) {
        long most = Math.min(FIRST_DELAY.toMillis() << Math.min(round, 10), MOST_DELAY.toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    private synchronized void replace() {
        if (closed || replacing != null || connection.getStatus() != Connection.Status.CLOSED) {
            return;
        }
        Thread thread = new Thread(this::replaceForEver, "nats-replace");
        thread.setDaemon(true);
        replacing = thread;
        thread.start();
    }

    private void replaceForEver() {
        try {
            for (long round = 0; !closed && !tryReplace(); round++) {
                Thread.sleep(delay(round).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                replacing = null;
            }
        }
    }

    private boolean tryReplace() throws InterruptedException {
        try {
            Connection made = Nats.connect(jnatsOptions());
            connection = made;
            if (closed) {
                made.close();
            }
            events.up();
            return true;
        } catch (IOException e) {
            events.stillDown(e);
            return false;
        }
    }
}
