package com.connylabs.ingest.tck;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Interrupts a call in its middle. */
final class InterruptedStore {
    /** The call; it counts the latch down when it is in its middle. */
    interface Call {
        void run(CountDownLatch reached) throws Exception;
    }

    private InterruptedStore() {}

    /** Runs the call in a thread of its own, interrupts it, and expects it to end with an InterruptedException. */
    static void run(Call call) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> ended.complete(thrownBy(call, reached)), "tck-interrupted");
        thread.start();
        assertTrue(reached.await(60, TimeUnit.SECONDS), "the body was read to its last byte");
        assertFalse(ended.isDone(), "the call waits for the last byte");
        thread.interrupt();
        Throwable thrown = ended.get(60, TimeUnit.SECONDS);
        assertInstanceOf(InterruptedException.class, thrown, "what an interrupted call throws");
        thread.join();
    }

    private static Throwable thrownBy(Call call, CountDownLatch reached) {
        try {
            call.run(reached);
            return new AssertionError("the call ended as if nothing had happened");
        } catch (Throwable e) {
            return e;
        }
    }
}
