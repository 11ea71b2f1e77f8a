package com.connylabs.ingest.core.queue.nats;

import static java.util.Objects.requireNonNullElse;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes the stream, or reads what is there and says what differs from what we would have made. Changes nothing of an
 * existing stream but what a flag asked for. Safe to use from many threads.
 */
final class StreamSetup {
    private static final Logger LOG = LoggerFactory.getLogger(StreamSetup.class);

    private final NatsConnector connector;
    private final NatsOptions options;
    private final AtomicBoolean seen = new AtomicBoolean();

    StreamSetup(NatsConnector connector, NatsOptions options) {
        this.connector = connector;
        this.options = options;
    }

    /**
     * Makes sure that there is a stream.
     *
     * @return how it is laid out
     * @throws PermanentException if what is there cannot be used, or what a flag asks for cannot be had
     * @throws com.connylabs.ingest.api.EndpointException if the server cannot be asked
     */
    StreamLayout ensure() throws IngestException {
        try {
            JetStreamManagement management = connector.connection().jetStreamManagement();
            StreamInfo info = find(management);
            if (info == null) {
                return create(management);
            }
            StreamLayout layout = check(info.getConfiguration());
            if (seen.compareAndSet(false, true)) {
                apply(management, info.getConfiguration());
                report(layout, info.getConfiguration());
            }
            return layout;
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw ApiErrors.endpoint("queue at " + connector.where() + ": setting up stream " + options.stream(), e);
        }
    }

    private @Nullable StreamInfo find(JetStreamManagement management) throws IOException, JetStreamApiException {
        try {
            return management.getStreamInfo(options.stream());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiErrors.STREAM_NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private StreamLayout create(JetStreamManagement management)
            throws IOException, JetStreamApiException, PermanentException {
        try {
            StreamConfiguration made = management.addStream(wanted()).getConfiguration();
            check(made);
        } catch (JetStreamApiException e) {
            throw refusal(management, e);
        }
        LOG.atLevel(seen.getAndSet(true) ? Level.WARN : Level.INFO)
                .addKeyValue("stream", options.stream())
                .log("stream was not there and has been made");
        return StreamLayout.PER_ELEMENT;
    }

    private StreamConfiguration wanted() {
        return StreamConfiguration.builder()
                .name(options.stream())
                .subjects(StreamLayout.PER_ELEMENT.streamSubject(options.subject()))
                .storageType(StorageType.File)
                .retentionPolicy(RetentionPolicy.WorkQueue)
                .maxMessagesPerSubject(1)
                .discardPolicy(DiscardPolicy.New)
                .discardNewPerSubject(true)
                .replicas(options.limits().replicas().orElse(1))
                .maxMessages(unlimited(options.limits().maxMessages().orElse(0)))
                .build();
    }

    private StreamLayout check(StreamConfiguration stream) throws PermanentException {
        StreamLayout layout = StreamLayout.of(stream, options.subject())
                .orElseThrow(() -> new PermanentException("stream " + options.stream() + " is there with the subjects "
                        + stream.getSubjects() + ", and ingest needs "
                        + StreamLayout.PER_ELEMENT.streamSubject(options.subject())
                        + "; choose another --stream, or the --subject that fits"));
        if (layout == StreamLayout.PER_ELEMENT) {
            requireOnePerElement(stream);
        }
        return layout;
    }

    private void requireOnePerElement(StreamConfiguration stream) throws PermanentException {
        boolean fits = stream.getRetentionPolicy() == RetentionPolicy.WorkQueue
                && stream.getMaxMsgsPerSubject() == 1
                && stream.getDiscardPolicy() == DiscardPolicy.New
                && stream.isDiscardNewPerSubject();
        if (!fits) {
            throw new PermanentException(
                    "stream " + options.stream() + " does not keep elements from being queued twice:"
                            + " it needs retention=workqueue, max_msgs_per_subject=1, discard=new and"
                            + " discard_new_per_subject=true, and has " + stream.getRetentionPolicy() + ", "
                            + stream.getMaxMsgsPerSubject() + ", " + stream.getDiscardPolicy() + " and "
                            + stream.isDiscardNewPerSubject()
                            + "; a nats-server older than 2.9 drops the last one: update it and"
                            + " delete the stream, or mend it with 'nats stream edit', or choose another --stream"
                            + " (retention can never be changed)");
        }
    }

    private void apply(JetStreamManagement management, StreamConfiguration stream)
            throws IOException, JetStreamApiException, PermanentException {
        int replicas = options.limits().replicas().orElse(stream.getReplicas());
        long maxMessages = unlimited(options.limits().maxMessages().orElse(stream.getMaxMsgs()));
        if (replicas == stream.getReplicas() && maxMessages == unlimited(stream.getMaxMsgs())) {
            return;
        }
        try {
            management.updateStream(StreamConfiguration.builder(stream)
                    .replicas(replicas)
                    .maxMessages(maxMessages)
                    .build());
        } catch (JetStreamApiException e) {
            throw refusal(management, e);
        }
        LOG.atInfo()
                .addKeyValue("stream", options.stream())
                .addKeyValue("replicas", stream.getReplicas() + " -> " + replicas)
                .addKeyValue("maxMessages", stream.getMaxMsgs() + " -> " + maxMessages)
                .log("stream changed as the flags ask");
    }

    private void report(StreamLayout layout, StreamConfiguration stream) {
        if (layout == StreamLayout.PER_WORKFLOW) {
            LOG.atWarn()
                    .addKeyValue("stream", options.stream())
                    .log(
                            "the stream was made by the Go original and is used as it is; there an element can be queued more"
                                    + " than once. To change over, stop the enqueuers, let the workers empty the stream, and"
                                    + " start all with another --stream");
        }
        Duration maxAge = requireNonNullElse(stream.getMaxAge(), Duration.ZERO);
        boolean forgets = !maxAge.isZero() || stream.getStorageType() == StorageType.Memory;
        if (forgets) {
            LOG.atWarn()
                    .addKeyValue("stream", options.stream())
                    .addKeyValue("maxAge", maxAge)
                    .addKeyValue("storage", stream.getStorageType())
                    .log("the stream can lose messages: ingest would have no max_age and storage=file; kept as it is");
        }
    }

    private PermanentException refusal(JetStreamManagement management, JetStreamApiException e)
            throws JetStreamApiException {
        String stream = "stream " + options.stream();
        return switch (e.getApiErrorCode()) {
            case ApiErrors.SUBJECTS_OVERLAP ->
                new PermanentException(
                        "cannot make " + stream + ": its subjects, "
                                + StreamLayout.PER_ELEMENT.streamSubject(options.subject()) + ", are those of "
                                + owners(management) + "; choose another --subject, or that --stream",
                        e);
            case ApiErrors.CANNOT_CHANGE, ApiErrors.NAME_IN_USE ->
                new PermanentException(
                        stream + " is there and cannot be changed: " + e.getErrorDescription()
                                + "; choose another --stream",
                        e);
            case ApiErrors.REPLICAS_NOT_SUPPORTED ->
                new PermanentException(
                        stream + " cannot have " + options.limits().replicas().orElse(1)
                                + " replicas: the server is not in a cluster; see --stream-replicas",
                        e);
            default -> throw e;
        };
    }

    private String owners(JetStreamManagement management) {
        try {
            List<String> names = management.getStreamNames(StreamLayout.PER_ELEMENT.streamSubject(options.subject()));
            return "stream " + String.join(" and ", names);
        } catch (IOException | JetStreamApiException e) {
            return "another stream";
        }
    }

    private static long unlimited(long maxMessages) {
        return maxMessages <= 0 ? -1 : maxMessages;
    }
}
