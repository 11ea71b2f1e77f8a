package com.connylabs.ingest.core.queue.nats;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.core.queue.ElementHash;
import com.connylabs.ingest.core.queue.Leases;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Leases in the key-value bucket {@code <stream>-leases}: a key for each workflow, whose value is the holder. A key that
 * is not written for as long as a lease lasts is removed by the server. Where a bucket of an operator's does not do that,
 * a value is free when it was the same for that long, by the clock of whoever wants it. Safe to use from many threads.
 *
 * <p>Source: NATS, ADR-8.
 */
final class NatsLeases implements Leases.Store {
    private static final Logger LOG = LoggerFactory.getLogger(NatsLeases.class);

    /** How long it is believed that there are no buckets for us. */
    private static final Duration REST = Duration.ofMinutes(5);

    private static final Duration PING = Duration.ofSeconds(2);

    private record Seen(long revision, long since) {}

    private final NatsConnector connector;
    private final NatsOptions options;
    private final Duration time;
    private final String bucket;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private boolean told;
    private boolean resting;
    private long restingSince;

    NatsLeases(NatsConnector connector, NatsOptions options, Duration time) {
        this.connector = connector;
        this.options = options;
        this.time = time;
        this.bucket = bucket(options.stream());
    }

    /** A stream's name may have characters that a bucket's may not. */
    static String bucket(String stream) {
        return (stream.matches("[A-Za-z0-9_-]+") ? stream : ElementHash.of(stream)) + "-leases";
    }

    @Override
    public boolean claim(String workflow, String holder) throws EndpointException {
        connector.requireConnected();
        if (resting()) {
            return true;
        }
        try {
            return claimTwice(workflow, holder);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiErrors.WRONG_LAST_SEQUENCE) {
                return false; // somebody was faster
            }
            return withoutBuckets(e);
        } catch (IOException | IllegalStateException e) {
            return withoutBuckets(e);
        }
    }

    /** No answer may also come from a server that is very busy. */
    private boolean claimTwice(String workflow, String holder) throws IOException, JetStreamApiException {
        try {
            return claim(keys(), workflow, holder);
        } catch (IOException e) {
            return claim(keys(), workflow, holder);
        }
    }

    private boolean claim(KeyValue keys, String workflow, String holder) throws IOException, JetStreamApiException {
        KeyValueEntry entry = keys.get(workflow);
        if (entry == null) {
            keys.create(workflow, holder.getBytes(UTF_8));
            return true;
        }
        if (holder.equals(entry.getValueAsString()) || abandoned(workflow, entry.getRevision())) {
            keys.update(workflow, holder, entry.getRevision());
            return true;
        }
        return false;
    }

    private boolean abandoned(String workflow, long revision) {
        long now = System.nanoTime();
        Seen same =
                seen.merge(workflow, new Seen(revision, now), (old, found) -> old.revision() == revision ? old : found);
        return now - same.since() >= time.toNanos();
    }

    @Override
    public void release(String workflow, String holder) throws EndpointException {
        connector.requireConnected();
        if (resting()) {
            return;
        }
        try {
            KeyValue keys = keys();
            KeyValueEntry entry = keys.get(workflow);
            if (entry != null && holder.equals(entry.getValueAsString())) {
                keys.delete(workflow, entry.getRevision());
            }
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new EndpointException("lease of workflow " + workflow + " is not given back: " + e.getMessage(), e);
        }
    }

    private KeyValue keys() throws IOException, JetStreamApiException {
        Connection connection = connector.connection();
        try {
            return connection.keyValue(bucket);
        } catch (IOException e) {
            if (!(e.getCause() instanceof JetStreamApiException api)) {
                throw e;
            }
            if (api.getApiErrorCode() != ApiErrors.STREAM_NOT_FOUND) {
                throw api;
            }
        }
        connection
                .keyValueManagement()
                .create(KeyValueConfiguration.builder()
                        .name(bucket)
                        .description("Which enqueuer of ingest lists")
                        .storageType(StorageType.File)
                        .ttl(time)
                        .replicas(options.limits().replicas().orElse(1))
                        .build());
        return connection.keyValue(bucket);
    }

    private synchronized boolean resting() {
        resting = resting && System.nanoTime() - restingSince < REST.toNanos();
        return resting;
    }

    /**
     * Everybody may list then. A request that is not allowed gets no answer, and neither does any from a server that hangs;
     * so it is asked for a sign of life.
     */
    private boolean withoutBuckets(Exception e) throws EndpointException {
        try {
            connector.connection().flush(PING);
        } catch (TimeoutException | IllegalStateException dead) {
            throw new EndpointException("queue at " + connector.where() + ": asking for a lease: " + e.getMessage(), e);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new EndpointException("asking for a lease: interrupted", interrupt);
        }
        rest(e);
        return true;
    }

    private synchronized void rest(Exception e) {
        resting = true;
        restingSince = System.nanoTime();
        LOG.atLevel(told ? Level.DEBUG : Level.INFO)
                .addKeyValue("bucket", bucket)
                .addKeyValue("reason", e.getMessage())
                .log("no key-value bucket can be used here; every enqueuer lists, which does no harm");
        told = true;
    }
}
