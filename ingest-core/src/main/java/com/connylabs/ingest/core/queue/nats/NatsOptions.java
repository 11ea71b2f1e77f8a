package com.connylabs.ingest.core.queue.nats;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How to reach the queue on NATS JetStream, and how it is called there. Immutable; start from {@link #of}.
 *
 * @param endpoint one or more URLs separated by commas: {@code nats://}, {@code tls://}, {@code ws://} or {@code
 *     wss://} (without any of them the first is meant), with {@code user:password@} or {@code token@} if need be
 * @param stream name of the stream
 * @param subject prefix of the stream's subjects
 * @param consumer prefix of the durables' names
 * @param limits what was asked for explicitly about the stream
 * @param ackWaits the ack waits that were asked for explicitly, by workflow; the others have {@link #DEFAULT_ACK_WAIT}, or
 *     what an existing durable has
 * @param auth files to log in with
 */
public record NatsOptions(
        String endpoint,
        String stream,
        String subject,
        String consumer,
        StreamLimits limits,
        Map<String, Duration> ackWaits,
        NatsAuth auth) {

    /** Default name of the stream, prefix of subjects and prefix of durables. Source: connylabs/ingest, main.go. */
    public static final String DEFAULT_NAME = "ingest";

    /** How long a message may be worked on without a sign of life. */
    public static final Duration DEFAULT_ACK_WAIT = Duration.ofSeconds(30);

    private static final Pattern NAME = Pattern.compile("[^\\s.*>/\\\\\\p{Cntrl}]+");
    private static final Pattern SUBJECT = Pattern.compile("[^\\s.*>\\p{Cntrl}]+(\\.[^\\s.*>\\p{Cntrl}]+)*");

    /** Checks the names. */
    public NatsOptions {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(limits, "limits");
        requireNonNull(auth, "auth");
        requireMatch("stream", NAME, stream);
        requireMatch("subject", SUBJECT, subject);
        requireMatch("consumer", NAME, consumer);
        ackWaits = Map.copyOf(ackWaits);
        NatsEndpoint.parse(endpoint);
    }

    /**
     * The defaults.
     *
     * @param endpoint see {@link #endpoint}
     * @return options without files
     */
    public static NatsOptions of(String endpoint) {
        return new NatsOptions(
                endpoint, DEFAULT_NAME, DEFAULT_NAME, DEFAULT_NAME, StreamLimits.DEFAULT, Map.of(), NatsAuth.NONE);
    }

    /**
     * These options with other names.
     *
     * @param streamName see {@link #stream}
     * @param subjectPrefix see {@link #subject}
     * @param consumerPrefix see {@link #consumer}
     * @return a changed copy
     */
    public NatsOptions withNames(String streamName, String subjectPrefix, String consumerPrefix) {
        return new NatsOptions(endpoint, streamName, subjectPrefix, consumerPrefix, limits, ackWaits, auth);
    }

    /**
     * These options with other limits.
     *
     * @param asked see {@link #limits}
     * @return a changed copy
     */
    public NatsOptions withLimits(StreamLimits asked) {
        return new NatsOptions(endpoint, stream, subject, consumer, asked, ackWaits, auth);
    }

    /**
     * These options with other ack waits.
     *
     * @param asked see {@link #ackWaits}
     * @return a changed copy
     */
    public NatsOptions withAckWaits(Map<String, Duration> asked) {
        return new NatsOptions(endpoint, stream, subject, consumer, limits, asked, auth);
    }

    /**
     * These options with files to log in with.
     *
     * @param files see {@link #auth}
     * @return a changed copy
     */
    public NatsOptions withAuth(NatsAuth files) {
        return new NatsOptions(endpoint, stream, subject, consumer, limits, ackWaits, files);
    }

    /** Shows everything but the password or token. */
    @Override
    public String toString() {
        return "NatsOptions[endpoint=" + NatsEndpoint.parse(endpoint) + ", stream=" + stream + ", subject=" + subject
                + ", consumer=" + consumer + ", limits=" + limits + ", ackWaits=" + ackWaits + ", auth=" + auth + "]";
    }

    private static void requireMatch(String what, Pattern pattern, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " \"" + value + "\": spaces, *, > and (but for subjects) dots are not allowed");
        }
    }
}
