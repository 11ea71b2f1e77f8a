package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many elements are held, and how many of them are in the works: as many as configured, until an endpoint says that it
 * is asked for too much. Then half as many, and later one more each time that it went well with as many for a while; one
 * that was too many is taken back, and the next is tried later. Who was told to slow down keeps what he holds, and leaves
 * the works for a moment, in which another may come. Who hangs after his element was decided without him keeps his slot,
 * and nobody waits for him. Safe to use from many threads.
 */
final class Slots {
    private static final Logger log = LoggerFactory.getLogger(Slots.class);
    private static final long TELL_AGAIN = Duration.ofMinutes(1).toNanos();

    private final int most;
    private final Backoff growth;
    private final WorkflowMetrics metrics;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int limit;
    private int held;
    private int working;
    private int steppedOut;
    private int leftBehind;
    private long lastLeft;
    private boolean full;
    private boolean grown;
    private int failedGrowths;
    private long fallen;
    private long nextGrowth;
    private long told;
    private boolean tellEnd;
    private boolean closed;

    /**
     * Free slots.
     *
     * @param most how many there are at most
     * @param growth the wait before one more is tried, which grows as long as that is one too many
     * @param metrics told how many there are
     * @param clock the time in nanoseconds
     */
    Slots(int most, Backoff growth, WorkflowMetrics metrics, LongSupplier clock) {
        this.most = most;
        this.growth = growth;
        this.metrics = metrics;
        this.clock = clock;
        this.limit = most;
        this.fallen = clock.getAsLong() - 1;
        this.told = fallen - TELL_AGAIN;
        metrics.concurrency(most);
    }

    /** Waits for a free slot, and takes all that are free. None if there is none in time. */
    int take(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (room() <= 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            int taken = Math.max(0, room());
            held += taken;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Who has left the works for a moment keeps no other out; but no more than as many as configured are held. */
    private int room() {
        return Math.min(limit - (held - steppedOut), most - held);
    }

    void release(int count) {
        lock.lock();
        try {
            held -= count;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** An element that is held was decided without its worker, whose call hangs. */
    void leaveBehind() {
        lock.lock();
        try {
            leftBehind++;
            lastLeft = clock.getAsLong();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A worker that was left behind has come back, and is about to release its slot. */
    void cameBack() {
        lock.lock();
        try {
            leftBehind--;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no element is held that is not decided yet; false if that takes too long. */
    boolean awaitDecided(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (held > leftBehind && left > 0) {
                left = changed.awaitNanos(left);
            }
            return held <= leftBehind;
        } finally {
            lock.unlock();
        }
    }

    /** Whether for so long there has been no slot but those of workers that were left behind. */
    boolean stuckFor(Duration time) {
        lock.lock();
        try {
            return held >= limit && held <= leftBehind && clock.getAsLong() - lastLeft >= time.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until one more may be in the works; then it is. When all is closed, at once. */
    void enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitTurn();
            working++;
            full |= working >= limit;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            working--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves the works for a while, and comes back when it is over and there is room. When all is closed, at once. */
    void step(Duration out) throws InterruptedException {
        lock.lock();
        working--;
        try {
            awaitOutside(out);
            awaitTurn();
            full |= working + 1 >= limit;
        } finally {
            working++;
            lock.unlock();
        }
    }

    private void awaitOutside(Duration time) throws InterruptedException {
        steppedOut++;
        changed.signalAll();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            steppedOut--;
        }
    }

    private void awaitTurn() throws InterruptedException {
        while (!closed && working >= limit) {
            changed.await();
        }
    }

    /**
     * An endpoint was asked for too much. What began before the last fall says nothing about what is going on since.
     *
     * @param began when that which was refused began
     */
    void throttled(long began, String endpoint, String reason) {
        lock.lock();
        try {
            if (limit == 1 || began - fallen <= 0) {
                return;
            }
            failedGrowths = grown ? failedGrowths + 1 : 0;
            int fewer = grown ? limit - 1 : limit / 2;
            tell(fewer, endpoint, reason);
            fallen = clock.getAsLong();
            change(fewer, false);
        } finally {
            lock.unlock();
        }
    }

    /** An element was worked off. */
    void done() {
        lock.lock();
        try {
            if (limit == most || !full || clock.getAsLong() - nextGrowth < 0) {
                return;
            }
            failedGrowths = grown ? 0 : failedGrowths;
            change(limit + 1, true);
            if (limit == most && tellEnd) {
                tellEnd = false;
                log.atInfo()
                        .addKeyValue("concurrency", limit)
                        .log("endpoints take as many elements at a time as configured again");
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(int to, boolean more) {
        limit = to;
        grown = more;
        full = false;
        nextGrowth = clock.getAsLong() + growth.after(failedGrowths + 1L).toNanos();
        metrics.concurrency(to);
        log.atDebug().addKeyValue("concurrency", to).log("other number of elements at a time");
        changed.signalAll();
    }

    /** Once, when it begins: an endpoint that takes a little less than it is asked for says so again and again. */
    private void tell(int fewer, String endpoint, String reason) {
        long now = clock.getAsLong();
        if (limit < most || now - told < TELL_AGAIN) {
            return;
        }
        told = now;
        tellEnd = true;
        log.atInfo()
                .addKeyValue("endpoint", endpoint)
                .addKeyValue("reason", reason)
                .addKeyValue("concurrency", fewer)
                .addKeyValue("configured", most)
                .log("endpoint is asked for too much; fewer elements at a time, and more again when it takes them");
    }

    /** Lets everybody who waits in the works go, for shutting down. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
