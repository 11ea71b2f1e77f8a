package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.core.queue.nats.NatsAuth;
import com.connylabs.ingest.core.queue.nats.NatsOptions;
import com.connylabs.ingest.core.queue.nats.StreamLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where the queue is, and how it is called there.
 *
 * @param endpoint a URL of NATS, or {@code file:PATH}
 * @param stream name of the stream on NATS
 * @param subject prefix of its subjects
 * @param consumer prefix of the durables' names
 * @param limits what was asked for about the stream
 * @param auth files to log in with
 */
public record QueueSettings(
        String endpoint, String stream, String subject, String consumer, StreamLimits limits, NatsAuth auth) {
    /** Where NATS is unless the user says otherwise. Source: connylabs/ingest, cmd/ingest/main.go. */
    public static final String DEFAULT_ENDPOINT = "nats://localhost:4222";

    /** Where the queue of a standalone process is unless the user says otherwise. */
    public static final String STANDALONE_ENDPOINT = "file:ingest-queue.db";

    private static final String FILE = "file:";

    /**
     * Checks the endpoint and the names.
     *
     * @throws IllegalArgumentException if one is wrong; says which
     */
    public QueueSettings {
        if (endpoint.startsWith(FILE)) {
            if (path(endpoint).toString().isEmpty()) {
                throw new IllegalArgumentException("the file's name is missing, as in " + STANDALONE_ENDPOINT);
            }
        } else {
            new NatsOptions(endpoint, stream, subject, consumer, limits, Map.of(), auth);
        }
    }

    /** The file of an embedded queue; empty if the queue is on NATS. */
    Optional<Path> file() {
        return endpoint.startsWith(FILE) ? Optional.of(path(endpoint)) : Optional.empty();
    }

    /** What to add to a command of ours so that it finds this queue; nothing on NATS, where the URL may hold a password. */
    String flag() {
        return file().map(path -> " --queue-endpoint='" + FILE + path + "'").orElse("");
    }

    NatsOptions natsOptions(Map<String, Duration> ackWaits) {
        return new NatsOptions(endpoint, stream, subject, consumer, limits, ackWaits, auth);
    }

    /** Both {@code file:name} and {@code file:///name} are understood. */
    private static Path path(String endpoint) {
        String rest = endpoint.substring(FILE.length());
        return Path.of(rest.startsWith("//") ? rest.substring(2) : rest);
    }

    /** Shows neither a password nor a token. */
    @Override
    public String toString() {
        return file().map(path -> FILE + path)
                .orElseGet(() -> natsOptions(Map.of()).toString());
    }
}
