package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.core.wire.CodecJson;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an element went through in an outage is not held against it in the next one. */
@Timeout(60)
class LaterOutageTest {
    private final InMemoryDestination at = new InMemoryDestination();
    private final Fixture f = new Fixture().to("d", at);
    private final WorkflowDequeuer dequeuer = f.dequeuer();
    private final Thread thread = new Thread(this::dequeue);
    private final AtomicInteger failures = new AtomicInteger();
    private long toDecide;

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void end() throws Exception {
        dequeuer.stop();
        thread.join();
    }

    @Test
    void costsAnElementThatWasDoneNoAttempt() throws Exception {
        at.hook((operation, name) -> failWhileOut(operation));
        failures.set(5);
        f.source.put("a", new byte[] {1});
        workOff();

        failures.set(40);
        f.source.put("a", new byte[] {2});
        workOff();

        assertEquals(0, f.counts.errors.get(), "failures");
        assertEquals(List.of(), f.queue.givenUp());
        assertEquals(2, at.object("a").orElseThrow().bytes()[0]);
    }

    @Test
    void costsAnElementThatWasReplayedNoAttempt() throws Exception {
        at.hook((operation, name) -> {
            failWhileOut(operation);
            if (operation == Operation.STORE && name.equals("a") && at.calls(operation, name) == 6) {
                throw new PermanentException("for another reason");
            }
        });
        failures.set(5);
        f.source.put("a", new byte[] {1});
        workOff();
        f.source.put("b", new byte[] {1});
        workOff();
        assertEquals(1, f.counts.errors.get(), "failures before");

        failures.set(40);
        DeadLetters letters = f.queue.deadLetters();
        letters.forEach("w", letter -> assertTrue(letters.replay(letter, CodecJson.replayed(letter.data()))));
        awaitOneMore();

        assertEquals(1, f.counts.errors.get(), "failures in all");
        assertTrue(at.object("a").isPresent());
    }

    private void failWhileOut(Operation operation) throws EndpointException {
        if (operation == Operation.STORE && failures.getAndDecrement() > 0) {
            throw new EndpointException("connection refused");
        }
    }

    private void workOff() throws Exception {
        f.enqueue();
        awaitOneMore();
    }

    private long decided() {
        return f.counts.copied.get() + f.counts.givenUp.get();
    }

    private void awaitOneMore() throws Exception {
        toDecide++;
        Await.until(
                "it is decided", Duration.ofSeconds(40), () -> f.queue.outstanding("w") == 0 && decided() == toDecide);
    }

    private void dequeue() {
        try {
            dequeuer.dequeue();
        } catch (IngestException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
