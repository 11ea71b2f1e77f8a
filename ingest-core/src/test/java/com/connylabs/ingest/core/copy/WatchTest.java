package com.connylabs.ingest.core.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.copy.Fan.Action;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls on the caller's own thread, which end whatever happens, or are taken over. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchTest {
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration LATE = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch taken = new CountDownLatch(1);
    private final List<TargetException> reasons = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private <T> T call(Duration patience, Duration ending, Action<String, T> action) throws Exception {
        try (Watch watch = new Watch(patience, ending, threads)) {
            Watch.Will will = watch.leavingTo(this::take);
            try {
                return watch.call("at", "endpoint", action);
            } finally {
                will.close();
            }
        }
    }

    private void take(TargetException why) {
        reasons.add(why);
        taken.countDown();
    }

    @Test
    void whatHangsIsInterruptedAndFails() {
        TargetException e = assertThrows(
                TargetException.class,
                () -> call(SOON, LATE, (at, progress) -> {
                    never.await();
                    return at;
                }));
        assertEquals("endpoint", e.endpoint(), "who is to blame");
        assertInstanceOf(TransientException.class, e.failure(), "it is tried again");
        assertInstanceOf(InterruptedException.class, e.getSuppressed()[0], "what it said");
        assertFalse(Thread.currentThread().isInterrupted(), "the interrupt was for the call alone");
        assertEquals(List.of(), reasons, "its own thread goes on");
    }

    @Test
    void whatIsDoneAllTheSameIsDone() throws Exception {
        String done = call(SOON, LATE, (at, progress) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "done";
        });
        assertEquals("done", done);
        assertFalse(Thread.currentThread().isInterrupted(), "the interrupt was for the call alone");
    }

    @Test
    void whatMovesIsWaitedFor() throws Exception {
        int moves = call(Duration.ofSeconds(3), LATE, (at, progress) -> {
            int count = 0;
            while (count < 40 && !never.await(100, TimeUnit.MILLISECONDS)) {
                progress.moved();
                count++;
            }
            return count;
        });
        assertEquals(40, moves);
    }

    @Test
    void whatCannotBeInterruptedIsTakenOver() {
        AbandonedException e = assertThrows(
                AbandonedException.class,
                () -> call(SOON, SOON, (at, progress) -> {
                    awaitDeaf(taken);
                    return at;
                }));
        assertTrue(String.valueOf(e.getMessage()).contains("endpoint"), e.getMessage());
        assertEquals(1, reasons.size(), "once");
        assertEquals("endpoint", reasons.get(0).endpoint());
        assertTrue(String.valueOf(reasons.get(0).getMessage()).contains("cannot be interrupted"), "" + reasons);
    }

    @Test
    void whatFailsAfterItWasTakenOverIsTakenOver() {
        assertThrows(
                AbandonedException.class,
                () -> call(SOON, SOON, (at, progress) -> {
                    awaitDeaf(taken);
                    throw new IllegalStateException("too late");
                }));
    }

    @Test
    void anotherInterruptIsThrown() {
        assertThrows(
                InterruptedException.class,
                () -> call(LATE, LATE, (at, progress) -> {
                    Thread.currentThread().interrupt();
                    never.await();
                    return at;
                }));
    }

    private static void awaitDeaf(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // deaf
            }
        }
    }
}
