package com.connylabs.ingest.core.queue.nats;

import static com.connylabs.ingest.core.queue.nats.NatsFixture.SOON;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.publish;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.take;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.Message;
import com.connylabs.ingest.api.Subscription;
import com.connylabs.ingest.testkit.Await;
import io.nats.client.Connection;
import io.nats.client.api.ConsumerInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A durable that waits for a message that is not in the stream, far above what it takes for done. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class VanishedMessagesIT {
    private static final int COUNT = 50;

    @TempDir
    Path temp;

    private NatsFixture nats;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsFixture(temp.resolve("nats"));
    }

    @AfterEach
    void end() throws Exception {
        nats.close();
    }

    @Test
    void isReachedHoweverFarAboveTheFloorItIs() throws Exception {
        NatsQueue queue = nats.queue();
        publish(queue, "other", "below"); // else the server finds out by itself, as it is below the stream's first
        loseTheLast(queue);
        Connection connection = nats.client();
        Route route = new Route(nats.options(), StreamLayout.PER_ELEMENT, "w", NatsOptions.DEFAULT_ACK_WAIT);
        assertEquals(1, durable(connection).getNumAckPending(), "the server waits");

        VanishedMessages vanished = new VanishedMessages(COUNT / 5);
        Await.until("the server does not wait", Duration.ofMinutes(1), () -> {
            vanished.forget(connection, route, durable(connection));
            return durable(connection).getNumAckPending() == 0;
        });
        assertEquals(2, queue.outstanding("other"), "another workflow's messages stay");
    }

    /**
     * All but the last are done, and the first one after the others, so that the floor that is read again at a start (2.9)
     * stays there. Then the last is done too, which the server does not remember.
     */
    private void loseTheLast(NatsQueue queue) throws Exception {
        Subscription subscription = nats.subscribe(queue, "w");
        List<Message> taken = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            if (i == COUNT / 2) {
                publish(queue, "other", "between");
            }
            publish(queue, "w", "e" + i);
            taken.add(take(subscription));
        }
        for (int i = 1; i < COUNT - 1; i++) {
            taken.get(i).ack();
        }
        taken.get(0).ack();
        stop(queue);
        byte[] before = Files.readAllBytes(stateOfDurable());
        nats.server.restart();
        Await.until("a connection", SOON, queue::connected);
        taken.get(COUNT - 1).ack();
        stop(queue);
        Files.write(stateOfDurable(), before); // as if it had been killed before it wrote the new one
        nats.server.restart();
        Await.until("a connection", SOON, queue::connected);
    }

    private void stop(NatsQueue queue) throws Exception {
        nats.server.stop();
        Await.until("that the queue notices", SOON, () -> !queue.connected());
    }

    private static ConsumerInfo durable(Connection connection) throws Exception {
        return connection.jetStreamManagement().getConsumerInfo("ingest", "ingest__w");
    }

    private Path stateOfDurable() {
        return temp.resolve("nats/store/jetstream/$G/streams/ingest/obs/ingest__w/o.dat");
    }
}
