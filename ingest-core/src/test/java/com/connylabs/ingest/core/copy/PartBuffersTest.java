package com.connylabs.ingest.core.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory of parts: bounded, and enough for the largest ones. */
class PartBuffersTest {
    private static final int MIB = 1 << 20;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final PartBuffers buffers = new PartBuffers(8 * MIB, 32 * MIB);

    /** How many fit, and that what they take together is never more than there may be. */
    @ParameterizedTest
    @CsvSource({"1, 8", "2, 4", "3, 4", "8, 4", "10, 3", "16, 2", "20, 1", "32, 1"})
    void largePartsExceedTheUsualBudgetButNotTheWholeOne(int mebibytes, int expected) throws Exception {
        List<byte[]> held = fill(mebibytes * MIB);
        assertEquals(expected, held.size());
        assertTrue(held.size() * (long) mebibytes * MIB <= 32L * MIB, "more than there may be");
        held.forEach(buffers::release);
        assertEquals(buffers.total(), buffers.available());
    }

    @Test
    void aPartThatNeverFitsIsRefused() {
        PermanentException e = assertThrows(PermanentException.class, () -> buffers.acquire(32L * MIB + 1));
        assertTrue(String.valueOf(e.getMessage()).contains("-Xmx"), e.getMessage());
    }

    @Test
    void whatWasGivenBackIsUsedAgain() throws Exception {
        byte[] first = buffers.acquire(MIB);
        buffers.release(first);
        assertTrue(first == buffers.acquire(MIB), "another buffer");
    }

    @Test
    void whoWantsMoreThanThereIsWaitsUntilItIsGivenBack() throws Exception {
        List<byte[]> held = fill(MIB);
        CompletableFuture<byte[]> more = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                more.complete(buffers.acquire(MIB));
            } catch (PermanentException | InterruptedException e) {
                more.completeExceptionally(e);
            }
        });
        waiting.start();
        Await.until("it waits", SOON, () -> waiting.getState() == Thread.State.WAITING);
        buffers.release(held.get(0));
        assertEquals(MIB, more.get(SOON.toSeconds(), TimeUnit.SECONDS).length);
    }

    private List<byte[]> fill(int length) throws Exception {
        List<byte[]> held = new ArrayList<>();
        for (Optional<byte[]> next = buffers.acquireIfFree(length);
                next.isPresent();
                next = buffers.acquireIfFree(length)) {
            held.add(next.get());
        }
        return held;
    }
}
