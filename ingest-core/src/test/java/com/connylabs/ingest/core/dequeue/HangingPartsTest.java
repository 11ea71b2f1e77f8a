package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Storage;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.tck.fake.InMemoryMultipartDestination;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A destination that hangs with the parts of an element, and ignores interrupts, keeps a slot, and no memory that others wait for. */
@Timeout(60)
class HangingPartsTest {
    private static final Duration BRIEF = Duration.ofSeconds(1);
    private static final int PART = 64 << 10;

    private final InMemoryMultipartDestination at = new InMemoryMultipartDestination(PART);
    private final Fixture f = new Fixture();
    private final AtomicInteger hanging = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void large() {
        f.source.put("large", new byte[20 * PART]);
        at.hook((operation, name) -> {
            if (operation == Operation.PUT) {
                hangDeaf();
            }
        });
    }

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void memoryOfPartsIsFree() throws Exception {
        f.to("d", at);
        drain(1);
        assertEquals(4, hanging.get(), "calls that hang");
        assertGivenUpAndNothingKept();
    }

    @Test
    void memoryOfABodyIsFree() throws Exception {
        f.to("d", new DeafStorage());
        drain(1);
        assertEquals(1, hanging.get(), "calls that hang");
        assertGivenUpAndNothingKept();
    }

    @Test
    void theirSlotIsKept() {
        f.to("d", at);
        EndpointException e = assertThrows(EndpointException.class, () -> drain(2));
        assertTrue(String.valueOf(e.getMessage()).contains("do not return"), e.getMessage());
        assertEquals(4, hanging.get(), "calls that hang");
    }

    private void assertGivenUpAndNothingKept() throws Exception {
        assertEquals(f.buffers.total(), f.buffers.available(), "memory while they hang");
        String reason = f.queue.givenUp().get(0).reason();
        assertTrue(reason.contains("cannot be interrupted"), reason);
        released.countDown();
        Await.until("they have ended", Duration.ofSeconds(20), () -> hanging.get() == 0);
        assertEquals(f.buffers.total(), f.buffers.available(), "memory afterwards");
    }

    private void drain(int attempts) throws Exception {
        f.options = DequeuerOptions.of("w")
                .with(Fixture.concurrency(1))
                .with(Fixture.retries(attempts))
                .with(new Ending(Duration.ofSeconds(30), Duration.ofSeconds(5)));
        f.enqueue();
        RunState state = new RunState();
        state.drain();
        try (Run run = new Run(
                f.queue, f.source, f.targets, f.options, f.counts, f.buffers, state, new Run.Stalling(BRIEF, BRIEF))) {
            run.loop();
        }
    }

    private void hangDeaf() {
        hanging.incrementAndGet();
        while (true) {
            try {
                released.await();
                hanging.decrementAndGet();
                return;
            } catch (InterruptedException e) {
                // deaf
            }
        }
    }

    /** Takes objects in one go, and hangs in the middle of them. */
    private final class DeafStorage implements Storage {
        @Override
        public Optional<ObjectInfo> stat(Codec element) {
            return Optional.empty();
        }

        @Override
        public URI store(Codec element, IngestObject object) throws TransientException {
            try {
                object.body().readNBytes(10);
            } catch (IOException e) {
                throw new TransientException("store: " + e, e);
            }
            hangDeaf();
            throw new TransientException("too late");
        }
    }
}
