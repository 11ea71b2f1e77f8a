package com.connylabs.ingest.core.queue.nats;

import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A server, what a test has opened on it, and a look at it past the queue. */
final class NatsFixture {
    static final Duration SOON = Duration.ofSeconds(30);

    final NatsServer server;
    private final List<AutoCloseable> opened = new ArrayList<>();

    NatsFixture(Path directory) throws Exception {
        server = NatsServer.start(directory);
        opened.add(server);
    }

    NatsOptions options() {
        return NatsOptions.of(server.url());
    }

    /** On a slow machine, the first handshakes of a JVM take their time. */
    static NatsQueue connect(NatsOptions options) throws InterruptedException {
        AtomicReference<NatsQueue> queue = new AtomicReference<>();
        Await.until("a connection", SOON, () -> {
            queue.set(NatsQueue.connect(options));
            return true;
        });
        return queue.get();
    }

    NatsQueue queue(NatsOptions options) throws Exception {
        return closing(NatsQueue.connect(options));
    }

    NatsQueue queue() throws Exception {
        return queue(options());
    }

    Subscription subscribe(Queue queue, String workflow) throws Exception {
        return closing(queue.subscribe(workflow));
    }

    /** A client that is not ours. */
    Connection client() throws Exception {
        return closing(Nats.connect(new Options.Builder()
                .server(server.url())
                .maxReconnects(-1)
                .errorListener(new io.nats.client.ErrorListener() {})
                .build()));
    }

    JetStreamManagement management() throws Exception {
        return client().jetStreamManagement();
    }

    StreamConfiguration stream(String name) throws Exception {
        return management().getStreamInfo(name).getConfiguration();
    }

    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    static PublishResult publish(Queue queue, String workflow, String id) throws Exception {
        return queue.publish(workflow, id, bytes(id)).get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    static Message take(Subscription subscription) throws Exception {
        List<Message> taken = subscription.pop(1, SOON);
        if (taken.isEmpty()) {
            throw new AssertionError("no message came within " + SOON);
        }
        return taken.get(0);
    }

    static String text(Message message) {
        return new String(message.data(), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private <T extends AutoCloseable> T closing(T closeable) {
        opened.add(closeable);
        return closeable;
    }
}
