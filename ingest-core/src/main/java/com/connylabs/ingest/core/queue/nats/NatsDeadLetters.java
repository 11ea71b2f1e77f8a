package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.core.queue.DeadLetterJson;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the stream of dead letters, {@code <stream>-dead}: of each element the newest, for thirty days. When it is full it takes
 * no more, and nothing is dropped. Safe to use from many threads.
 */
final class NatsDeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(NatsDeadLetters.class);
    private static final Duration MAX_AGE = Duration.ofDays(30);
    private static final long MAX_MESSAGES = 1_000_000;
    private static final long MAX_BYTES = 256L << 20;

    private final NatsConnector connector;
    private final NatsOptions options;
    private final String stream;
    private long ensuredAt = -1;

    NatsDeadLetters(NatsConnector connector, NatsOptions options) {
        this.connector = connector;
        this.options = options;
        this.stream = LetterSubjects.stream(options);
    }

    /** Makes the stream unless it is there; one that is there is used as it is. */
    synchronized void ensure() throws IngestException {
        long epoch = connector.epoch();
        if (ensuredAt == epoch) {
            return;
        }
        connector.requireConnected();
        try {
            JetStreamManagement management = connector.connection().jetStreamManagement();
            if (!exists(management)) {
                create(management);
            }
            ensuredAt = epoch;
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw ApiErrors.endpoint(what() + "setting it up", e);
        }
    }

    /** Stores a letter; returns when the server has it. */
    void store(DeadLetter letter) throws IngestException {
        try {
            put(letter);
        } catch (IOException e) {
            // The stream may be gone. It is made again, and to store the same letter twice does no harm.
            forget();
            try {
                put(letter);
            } catch (IOException again) {
                throw ApiErrors.endpoint(what() + "storing " + letter.id(), again);
            }
        }
    }

    private void put(DeadLetter letter) throws IngestException, IOException {
        ensure();
        try {
            connector
                    .connection()
                    .jetStream()
                    .publish(LetterSubjects.of(stream, letter.workflow(), letter.id()), DeadLetterJson.write(letter));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiErrors.STORE_FAILED) {
                throw new EndpointException(
                        what() + "it is full (" + e.getErrorDescription()
                                + "); replay or purge dead letters, or give the stream more room",
                        e);
            }
            throw ApiErrors.endpoint(what() + "storing " + letter.id(), e);
        } catch (IllegalArgumentException e) {
            // jnats refuses by itself what the server would.
            throw new PermanentException(
                    what() + "storing " + letter.id() + ": " + e.getMessage() + "; raise max_payload on the server", e);
        } catch (IllegalStateException e) {
            throw ApiErrors.endpoint(what() + "storing " + letter.id(), e);
        }
    }

    private synchronized void forget() {
        ensuredAt = -1;
    }

    private boolean exists(JetStreamManagement management) throws IOException, JetStreamApiException {
        try {
            management.getStreamInfo(stream);
            return true;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiErrors.STREAM_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void create(JetStreamManagement management) throws IOException, JetStreamApiException {
        try {
            management.addStream(wanted().maxBytes(MAX_BYTES).build());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != ApiErrors.STORAGE_EXCEEDED
                    && e.getApiErrorCode() != ApiErrors.INSUFFICIENT_RESOURCES) {
                throw e;
            }
            // A size is reserved at once, and the server has not that much: the number alone bounds it then.
            management.addStream(wanted().build());
        }
        LOG.atInfo().addKeyValue("stream", stream).log("stream of dead letters was not there and has been made");
    }

    private StreamConfiguration.Builder wanted() {
        return StreamConfiguration.builder()
                .name(stream)
                .description("Elements that ingest gave up on, with the reason")
                .subjects(LetterSubjects.all(stream))
                .storageType(StorageType.File)
                .maxMessagesPerSubject(1)
                .discardPolicy(DiscardPolicy.New)
                .maxMessages(MAX_MESSAGES)
                .maxAge(MAX_AGE)
                .replicas(options.limits().replicas().orElse(1));
    }

    private String what() {
        return "queue at " + connector.where() + ": stream " + stream + " of dead letters: ";
    }
}
