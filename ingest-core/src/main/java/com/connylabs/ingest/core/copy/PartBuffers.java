package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.PermanentException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that objects on their way may take, all workflows together. Who wants a buffer waits until there is room; who
 * has one and wants another may wait too, because buffers that are full are worked off without any more of them.
 *
 * <p>Buffers are kept and used again: large arrays are dear to allocate. Safe to use from many threads.
 */
public final class PartBuffers {
    private static final int UNIT = 1024;
    private static final long USUAL = 64L << 20;

    /** So many parts at a time keep a connection and a disk busy, however large they are. */
    private static final int BUSY = 4;

    private static final PartBuffers SHARED =
            new PartBuffers(USUAL, Math.min(1L << 30, Runtime.getRuntime().maxMemory() * 3 / 8));

    private final int units;
    private final long most;
    private final Semaphore free;
    private final Deque<byte[]> idle = new ArrayDeque<>();
    private long idleBytes;

    /**
     * A new budget.
     *
     * @param bytes the most memory to use
     */
    public PartBuffers(long bytes) {
        this(bytes, bytes);
    }

    /** A budget that is exceeded, though never beyond {@code most}, where parts are so large that few of them would fit. */
    PartBuffers(long usual, long most) {
        long bytes = Math.min(usual, most);
        this.most = most;
        this.units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        this.free = new Semaphore(units, true);
    }

    /**
     * The budget that everything in this process shares: 64 MiB, or three eighths of a smaller heap. Parts of more than 16 MiB,
     * as very large objects need them, may take more, up to three eighths of the heap and a gibibyte.
     *
     * @return always the same one
     */
    public static PartBuffers shared() {
        return SHARED;
    }

    /**
     * The whole budget.
     *
     * @return bytes
     */
    public long total() {
        return (long) units * UNIT;
    }

    /**
     * What nobody uses right now.
     *
     * @return bytes
     */
    public long available() {
        return (long) free.availablePermits() * UNIT;
    }

    /**
     * A buffer of exactly this length.
     *
     * @param length bytes
     * @return the buffer, with any content; given back with {@link #release}
     * @throws PermanentException if the budget is smaller than this
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    byte[] acquire(long length) throws PermanentException, InterruptedException {
        if (length > most || length > Integer.MAX_VALUE - 8) {
            throw new PermanentException("the object needs parts of " + length + " bytes, and " + most
                    + " bytes of memory are set aside for parts; give the program a larger heap (java -Xmx...)");
        }
        free.acquire(cost(length));
        return reuse((int) length);
    }

    /** As {@link #acquire}, but does not wait, and does not go before those who do. */
    Optional<byte[]> acquireIfFree(int length) throws InterruptedException {
        boolean acquired = free.tryAcquire(cost(length), 0, TimeUnit.SECONDS);
        return acquired ? Optional.of(reuse(length)) : Optional.empty();
    }

    void release(byte[] buffer) {
        release(buffer, true);
    }

    /** Gives a buffer back; one that somebody may still be reading, because he did not end when he was told to, is not used again. */
    void release(byte[] buffer, boolean idle) {
        if (idle) {
            keep(buffer);
        }
        free.release(cost(buffer.length));
    }

    private synchronized byte[] reuse(int length) {
        for (var candidates = idle.iterator(); candidates.hasNext(); ) {
            byte[] candidate = candidates.next();
            if (candidate.length == length) {
                candidates.remove();
                idleBytes -= length;
                return candidate;
            }
        }
        makeRoom(length);
        return new byte[length];
    }

    /** Idle buffers of other lengths count against the same memory. */
    private void makeRoom(int length) {
        long used = total() - available();
        while (!idle.isEmpty() && idleBytes + used + length > total()) {
            idleBytes -= idle.removeLast().length;
        }
    }

    private synchronized void keep(byte[] buffer) {
        if (buffer.length >= 1 << 20 && units(buffer.length) <= units / BUSY) {
            idle.addFirst(buffer);
            idleBytes += buffer.length;
        }
    }

    /** A large part counts for less than it takes, so that some fit at the same time, but all together never for too little. */
    private int cost(long length) {
        long share = (length * units + most - 1) / most;
        return (int) Math.min(units, Math.max(Math.min(units(length), units / BUSY), share));
    }

    private static int units(long length) {
        return (int) Math.min(Integer.MAX_VALUE, (length + UNIT - 1) / UNIT);
    }
}
