package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.Operation;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who drains waits for elements, and not for calls that hang, ignore interrupts, and have been given up. */
@Timeout(50) // shorter than the shut-down time-out
class HangingDrainTest {
    private static final Duration BRIEF = Duration.ofSeconds(1);

    private final InMemoryDestination at = new InMemoryDestination();
    private final Fixture f = new Fixture().to("d", at);
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void hang() {
        at.hook((operation, name) -> {
            if (operation == Operation.STORE && name.equals("poison")) {
                hangDeaf();
            }
        });
        f.source.put("poison", new byte[10]);
    }

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void endsWhenTheElementsAreDecided() throws Exception {
        use(4, 2);
        f.source.put("fine", new byte[10]);
        drain();
        assertEquals(Set.of("fine"), at.names());
        assertEquals(1, f.queue.givenUp().size());
    }

    @Test
    void endsWhenTheyAreDecidedThoughNoSlotIsLeft() throws Exception {
        use(1, 1);
        drain();
        assertEquals(1, f.queue.givenUp().size());
    }

    @Test
    void failsWhenNoSlotIsLeftForTheOthers() throws Exception {
        use(1, 2);
        EndpointException e = assertThrows(EndpointException.class, this::drain);
        assertTrue(String.valueOf(e.getMessage()).contains("do not return"), e.getMessage());
        assertEquals(1, f.queue.outstanding("w"), "the work stays queued");
    }

    private void use(int concurrency, int attempts) {
        f.options = DequeuerOptions.of("w")
                .with(Fixture.concurrency(concurrency))
                .with(Fixture.retries(attempts))
                .with(new Ending(Duration.ofSeconds(60), Duration.ofSeconds(5)));
    }

    private void drain() throws Exception {
        f.enqueue();
        RunState state = new RunState();
        state.drain();
        try (Run run = new Run(
                f.queue, f.source, f.targets, f.options, f.counts, f.buffers, state, new Run.Stalling(BRIEF, BRIEF))) {
            run.loop();
        }
    }

    private void hangDeaf() throws IngestException {
        while (true) {
            try {
                released.await();
                return;
            } catch (InterruptedException e) {
                // deaf
            }
        }
    }
}
