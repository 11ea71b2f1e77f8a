package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many elements are worked on at a time, at a clock that the test sets. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlotsTest {
    private static final Backoff GROWTH = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final AtomicLong now = new AtomicLong(1_000);
    private final Fixture.Counts counts = new Fixture.Counts();
    private final Slots slots = new Slots(16, GROWTH, counts, now::get);

    private void later(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    /** Something that began just now is told to slow down. */
    private void refused() {
        later(Duration.ofMillis(1));
        slots.throttled(now.get(), "d store", "503");
    }

    /** As many as may be are in the works, and one of them ends after a while. */
    private void busyFor(Duration duration) throws InterruptedException {
        int most = (int) counts.concurrency.get();
        for (int i = 0; i < most; i++) {
            slots.enter();
        }
        later(duration);
        slots.done();
        for (int i = 0; i < most; i++) {
            slots.leave();
        }
    }

    @Test
    void allAreFreeFromTheFirstMoment() throws Exception {
        assertEquals(16, slots.take(Duration.ZERO), "slots");
        assertEquals(16, counts.concurrency.get(), "told");
    }

    @Test
    void whoStepsOutMakesRoomButNoMoreThanAsManyAsConfiguredAreHeld() throws Exception {
        for (int i = 0; i < 4; i++) {
            refused();
        }
        assertEquals(1, counts.concurrency.get(), "at a time");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            assertEquals(1, slots.take(Duration.ofSeconds(20)), "slots after " + i + " have stepped out");
            assertEquals(0, slots.take(Duration.ZERO), "while that one is in the works");
            slots.enter();
            Thread thread = new Thread(this::stepOut);
            thread.start();
            threads.add(thread);
        }
        Await.until("the last one out", Duration.ofSeconds(20), () -> threads.stream()
                .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        assertEquals(0, slots.take(Duration.ZERO), "as many as configured are held");
        slots.close();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void stepOut() {
        try {
            slots.step(Duration.ofHours(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoCameBackIsWaitedForAgain() throws Exception {
        slots.release(slots.take(Duration.ZERO) - 1);
        slots.leaveBehind();
        assertTrue(slots.awaitDecided(Duration.ZERO), "only one that was left behind");
        slots.cameBack();
        slots.release(1);
        assertTrue(slots.awaitDecided(Duration.ZERO), "none");
        slots.release(slots.take(Duration.ZERO) - 1);
        assertFalse(slots.awaitDecided(Duration.ZERO), "another one");
    }

    @Test
    void whenAllWereLeftBehindItIsStuck() throws Exception {
        slots.take(Duration.ZERO);
        for (int i = 0; i < 15; i++) {
            slots.leaveBehind();
        }
        assertFalse(slots.stuckFor(Duration.ZERO), "one is not");
        slots.leaveBehind();
        later(Duration.ofSeconds(1));
        assertTrue(slots.stuckFor(Duration.ofSeconds(1)), "for a second");
        assertFalse(slots.stuckFor(Duration.ofSeconds(2)), "not for two");
        slots.cameBack();
        slots.release(1);
        assertFalse(slots.stuckFor(Duration.ZERO), "one is free");
    }

    @Test
    void halfOfThemAreLeftAfterARefusal() throws Exception {
        assertEquals(16, slots.take(Duration.ZERO), "slots");
        refused();
        slots.release(8);
        assertEquals(0, slots.take(Duration.ZERO), "free, while as many are held as may be");
        slots.release(3);
        assertEquals(3, slots.take(Duration.ZERO), "free, after three more");
    }

    @Test
    void refusalsOfWhatBeganTogetherCountOnce() {
        long began = now.get();
        later(Duration.ofMillis(50));
        slots.throttled(began, "d store", "503");
        slots.throttled(began, "d store", "503");
        assertEquals(8, counts.concurrency.get(), "at a time");
        refused();
        assertEquals(4, counts.concurrency.get(), "after one that began since");
    }

    @Test
    void oneIsAlwaysLeft() {
        for (int i = 0; i < 10; i++) {
            refused();
        }
        assertEquals(1, counts.concurrency.get(), "at a time");
    }

    @Test
    void oneMoreIsTriedWhenAllHaveBeenBusyForAWhile() throws Exception {
        refused();
        busyFor(Duration.ofMillis(10));
        assertEquals(8, counts.concurrency.get(), "too early");
        later(Duration.ofSeconds(1));
        slots.done();
        assertEquals(9, counts.concurrency.get(), "after a second");
        later(Duration.ofSeconds(5));
        slots.done();
        assertEquals(9, counts.concurrency.get(), "while not all are used");
    }

    @Test
    void fromOneTheyAreAllBackWithinAMinuteAndASecondForEach() throws Exception {
        for (int i = 0; i < 10; i++) {
            refused();
        }
        for (int i = 0; i < 15; i++) {
            busyFor(Duration.ofSeconds(1));
        }
        assertEquals(16, counts.concurrency.get(), "at a time");
        busyFor(Duration.ofSeconds(1));
        assertEquals(16, counts.concurrency.get(), "not more than configured");
    }

    @Test
    void oneTooManyIsTakenBackAndTriedLaterEachTime() throws Exception {
        refused();
        busyFor(Duration.ofSeconds(1));
        refused();
        assertEquals(8, counts.concurrency.get(), "taken back, not halved");
        busyFor(Duration.ofMillis(900));
        assertEquals(8, counts.concurrency.get(), "not yet");
        busyFor(Duration.ofMillis(1_100));
        assertEquals(9, counts.concurrency.get(), "tried again");
        refused();
        busyFor(Duration.ofMillis(1_900));
        assertEquals(8, counts.concurrency.get(), "later than the last time");
        busyFor(Duration.ofMillis(2_100));
        busyFor(Duration.ofSeconds(4));
        assertEquals(10, counts.concurrency.get(), "it went well, and so will another");
    }

    @Test
    void whoeverStepsOutKeepsHisSlotAndWaitsForRoom() throws Exception {
        Slots one = new Slots(1, GROWTH, counts, now::get);
        assertEquals(1, one.take(Duration.ZERO), "slots");
        one.enter();
        one.step(Duration.ofMillis(1));
        assertEquals(1, one.held(), "held");
        Thread other = new Thread(() -> assertThrows(InterruptedException.class, one::enter));
        other.start();
        Await.until("it waits", Duration.ofSeconds(10), () -> other.getState() == Thread.State.WAITING);
        other.interrupt();
        other.join();
        Thread another = new Thread(() -> {
            try {
                one.enter();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        another.start();
        Await.until("it waits", Duration.ofSeconds(10), () -> another.getState() == Thread.State.WAITING);
        one.close();
        another.join();
    }
}
