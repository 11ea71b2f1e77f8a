package com.connylabs.ingest.core.queue.nats;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class InFlightTest {
    private static final Duration MOST = Duration.ofSeconds(15);

    /** Completed by another thread again and again, because it is a matter of microseconds. */
    @Test
    void whoeverHasWaitedFindsItDone() throws Exception {
        long end = System.nanoTime() + MOST.toNanos();
        for (int i = 0; i < 20_000 && System.nanoTime() < end; i++) {
            InFlight inFlight = new InFlight();
            CompletableFuture<Integer> asked = new CompletableFuture<>();
            CompletableFuture<Integer> tracked = inFlight.track(asked);
            Thread answering = new Thread(() -> asked.complete(1));
            answering.start();
            inFlight.await(Duration.ofSeconds(10));
            assertTrue(tracked.isDone(), "left over, round " + i);
            answering.join();
        }
    }
}
