package com.connylabs.ingest.cli;

import com.connylabs.ingest.cli.run.Mode;
import com.connylabs.ingest.cli.run.QueueSettings;
import com.connylabs.ingest.core.queue.nats.NatsAuth;
import com.connylabs.ingest.core.queue.nats.StreamLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options about the queue. */
final class QueueFlags {
    private static final String ENDPOINT_VARIABLE = "INGEST_QUEUE_ENDPOINT";

    @Option(
            names = "--queue-endpoint",
            paramLabel = "URL",
            description = {
                "nats://, tls://, ws:// or wss://HOST:PORT, also USER:PASSWORD@ or TOKEN@; or file:PATH, a queue on"
                        + " this machine. Default: $INGEST_QUEUE_ENDPOINT, else nats://localhost:4222,"
                        + " but with --mode=standalone file:ingest-queue.db"
            })
    private @Nullable String endpoint;

    @Option(names = "--stream", paramLabel = "NAME", description = "Stream on NATS. Default: ingest")
    private String stream = "ingest";

    @Option(names = "--subject", paramLabel = "NAME", description = "Prefix of its subjects. Default: ingest")
    private String subject = "ingest";

    @Option(names = "--consumer", paramLabel = "NAME", description = "Prefix of its durables. Default: ingest")
    private String consumer = "ingest";

    @Option(names = "--stream-replicas", paramLabel = "N", description = "Servers that keep the stream. Default: 1")
    private @Nullable Integer replicas;

    @Option(
            names = "--max-msgs",
            paramLabel = "N",
            description = "Most messages in the stream; more have to wait. Default: 0, no limit")
    private @Nullable Long maxMessages;

    @Option(names = "--nats-creds", paramLabel = "FILE", description = "Log in with a credentials file")
    private @Nullable Path creds;

    @Option(names = "--nats-nkey", paramLabel = "FILE", description = "Log in with a user's seed")
    private @Nullable Path nkey;

    @Option(names = "--nats-ca", paramLabel = "FILE", description = "Certificates (PEM) to trust the server by")
    private @Nullable Path ca;

    @Option(names = "--nats-cert", paramLabel = "FILE", description = "Own certificate (PEM)")
    private @Nullable Path cert;

    @Option(names = "--nats-key", paramLabel = "FILE", description = "Its key (PEM, PKCS #8)")
    private @Nullable Path key;

    /**
     * What was asked for.
     *
     * @throws IllegalArgumentException if it does not go together
     */
    QueueSettings settings(Optional<Mode> mode, Map<String, String> environment) {
        StreamLimits limits = new StreamLimits(
                replicas == null ? OptionalInt.empty() : OptionalInt.of(replicas),
                maxMessages == null ? OptionalLong.empty() : OptionalLong.of(maxMessages));
        NatsAuth auth = new NatsAuth(
                readable("--nats-creds", creds),
                readable("--nats-nkey", nkey),
                readable("--nats-ca", ca),
                readable("--nats-cert", cert),
                readable("--nats-key", key));
        return new QueueSettings(endpoint(mode, environment), stream, subject, consumer, limits, auth);
    }

    private static Optional<Path> readable(String option, @Nullable Path file) {
        if (file != null && !Files.isReadable(file)) {
            throw new IllegalArgumentException(option + ": " + file + " does not exist or may not be read");
        }
        return Optional.ofNullable(file);
    }

    private String endpoint(Optional<Mode> mode, Map<String, String> environment) {
        if (endpoint != null) {
            return endpoint;
        }
        String otherwise = mode.equals(Optional.of(Mode.STANDALONE))
                ? QueueSettings.STANDALONE_ENDPOINT
                : QueueSettings.DEFAULT_ENDPOINT;
        String set = environment.getOrDefault(ENDPOINT_VARIABLE, "");
        return set.isEmpty() ? otherwise : set;
    }
}
