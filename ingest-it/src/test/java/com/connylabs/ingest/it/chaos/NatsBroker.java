package com.connylabs.ingest.it.chaos;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.core.queue.DeadLetterJson;
import com.connylabs.ingest.testkit.nats.NatsCluster;
import com.connylabs.ingest.testkit.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** NATS: one server, or three, of which the one that leads the stream is killed. */
final class NatsBroker implements Broker {
    private static final String STREAM = "ingest";
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final String urls;
    private final int replicas;
    private final Victims victims;
    private final Runnable end;
    private Optional<NatsServer> killed = Optional.empty();

    /** Says whom to kill. */
    private interface Victims {
        Optional<NatsServer> next() throws InterruptedException;
    }

    private NatsBroker(String urls, int replicas, Victims victims, Runnable end) {
        this.urls = urls;
        this.replicas = replicas;
        this.victims = victims;
        this.end = end;
    }

    static NatsBroker single(Path directory) throws IOException, InterruptedException {
        NatsServer server = NatsServer.start(directory);
        return new NatsBroker(server.url(), 1, () -> Optional.of(server), server::close);
    }

    static NatsBroker cluster(Path directory) throws IOException, InterruptedException {
        NatsCluster cluster = NatsCluster.start(directory);
        return new NatsBroker(cluster.urls(), 3, () -> cluster.leaderOf(STREAM), cluster::close);
    }

    @Override
    public List<String> flags() {
        return List.of("--queue-endpoint=" + urls, "--stream=" + STREAM, "--stream-replicas=" + replicas);
    }

    /** Kills one server at a time: two of three would be no cluster any more. */
    @Override
    public void kill() throws IOException, InterruptedException {
        if (killed.isPresent()) {
            return;
        }
        killed = victims.next();
        if (killed.isPresent()) {
            killed.get().kill();
        }
    }

    @Override
    public void mend() throws IOException, InterruptedException {
        if (killed.isPresent()) {
            killed.get().restart();
            killed = Optional.empty();
        }
    }

    @Override
    @SuppressWarnings("try") // closing a connection may be interrupted, and then so are we
    public long messages() throws Exception {
        try (Connection connection = connect()) {
            return connection
                    .jetStreamManagement()
                    .getStreamInfo(STREAM)
                    .getStreamState()
                    .getMsgCount();
        }
    }

    @Override
    @SuppressWarnings("try")
    public List<Letter> letters() throws Exception {
        try (Connection connection = connect()) {
            JetStreamManagement management = connection.jetStreamManagement();
            String stream = STREAM + "-dead";
            StreamState state = management.getStreamInfo(stream).getStreamState();
            List<Letter> letters = new ArrayList<>();
            for (long sequence = Math.max(1, state.getFirstSequence());
                    sequence <= state.getLastSequence();
                    sequence++) {
                letter(management, stream, sequence).ifPresent(letters::add);
            }
            return letters;
        }
    }

    private static Optional<Letter> letter(JetStreamManagement management, String stream, long sequence)
            throws IOException, PermanentException, JetStreamApiException {
        try {
            DeadLetter letter =
                    DeadLetterJson.read(management.getMessage(stream, sequence).getData());
            return Optional.of(new Letter(letter.id(), letter.reason()));
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() == 404) {
                return Optional.empty(); // a newer one has taken its place
            }
            throw e;
        }
    }

    private Connection connect() throws IOException, InterruptedException {
        return Nats.connect(Options.builder()
                .servers(urls.split(","))
                .connectionTimeout(ANSWER)
                .errorListener(new io.nats.client.ErrorListener() {})
                .build());
    }

    @Override
    public void close() {
        end.run();
    }
}
