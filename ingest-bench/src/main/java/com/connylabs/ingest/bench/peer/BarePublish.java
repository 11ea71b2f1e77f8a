package com.connylabs.ingest.bench.peer;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The most that a client of NATS publishes to a stream like ours: a subject an element, refused while it is occupied, and
 * a body like ours. Nothing is listed, and nothing is done about what fails.
 */
public final class BarePublish {
    private static final String STREAM = "bare";
    private static final int[] WINDOWS = {64, 256, 1024, 4096};
    private static final int WARM_UP = 20_000;

    private final Connection connection;
    private final JetStream stream;
    private final JetStreamManagement management;

    private BarePublish(Connection connection) throws Exception {
        this.connection = connection;
        this.stream = connection.jetStream();
        this.management = connection.jetStreamManagement();
    }

    /**
     * Publishes with each window, and one by one; prints a line with window (0: one by one) and messages a second.
     *
     * @param args the server's URL, the stream whose settings are taken, how many messages
     * @throws Exception if anything fails
     */
    public static void main(String[] args) throws Exception {
        try (Connection connection =
                Nats.connect(Options.builder().server(args[0]).build())) {
            BarePublish publish = new BarePublish(connection);
            publish.makeLike(args[1]);
            int count = Integer.parseInt(args[2]);
            publish.windowed(WARM_UP, WINDOWS[0]);
            for (int window : WINDOWS) {
                publish.report(window, count, System.nanoTime(), publish.windowed(count, window));
            }
            int few = Math.max(1, count / 10);
            publish.report(0, few, System.nanoTime(), publish.oneByOne(few));
        }
    }

    private void report(int window, int count, long begin, long end) {
        System.out.println(window + " " + String.format(Locale.ROOT, "%.1f", count * 1e9 / (end - begin)));
    }

    private void makeLike(String other) throws Exception {
        StreamConfiguration like = management.getStreamInfo(other).getConfiguration();
        management.addStream(StreamConfiguration.builder(like)
                .name(STREAM)
                .subjects(STREAM + ".*.*")
                .build());
    }

    /** Returns when the last one was confirmed. */
    private long windowed(int count, int window) throws Exception {
        Deque<CompletableFuture<PublishAck>> waiting = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            if (waiting.size() == window) {
                waiting.remove().get();
            }
            waiting.add(stream.publishAsync(subject(i), body(i)));
        }
        return ended(waiting);
    }

    private long ended(Deque<CompletableFuture<PublishAck>> waiting) throws Exception {
        for (CompletableFuture<PublishAck> one : waiting) {
            one.get();
        }
        return purged();
    }

    private long oneByOne(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            stream.publish(subject(i), body(i));
        }
        return purged();
    }

    private long purged() throws Exception {
        long end = System.nanoTime();
        management.purgeStream(STREAM);
        connection.flush(java.time.Duration.ofSeconds(10));
        return end;
    }

    private static String subject(int i) {
        return STREAM + ".bench."
                + new UUID(i * 0x9E3779B97F4A7C15L, i).toString().replace("-", "");
    }

    private static byte[] body(int i) {
        String id = String.format(Locale.ROOT, "object-13386579521444-%09d", i);
        return ("{\"id\":\"" + id + "\",\"name\":\"" + id + "\",\"meta\":null,"
                        + "\"version\":\"9e107d9d372bb6826bd81d3542a419d6\",\"size\":4096,"
                        + "\"lastModified\":\"2026-11-23T17:17:00.114Z\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
