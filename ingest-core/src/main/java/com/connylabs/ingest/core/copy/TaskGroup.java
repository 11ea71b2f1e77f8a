package com.connylabs.ingest.core.copy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tasks of one owner on threads that are shared, never more than so many at a time. The owner alone starts, awaits and
 * closes. Tasks end soon after they are interrupted, and throw nothing.
 */
final class TaskGroup implements AutoCloseable {
    private static final Duration ENDING = Duration.ofSeconds(60);

    private final Executor threads;
    private final int most;
    private final Duration ending;
    private final Semaphore free;
    private final Set<Thread> running = new HashSet<>();
    private boolean closed;

    TaskGroup(Executor threads, int most) {
        this(threads, most, ENDING);
    }

    /** A group whose tasks may take so long to end when they are interrupted. */
    TaskGroup(Executor threads, int most, Duration ending) {
        this.threads = threads;
        this.most = most;
        this.ending = ending;
        this.free = new Semaphore(most);
    }

    /** Starts a task; waits while there are as many as there may be. */
    void start(Runnable task) throws InterruptedException {
        free.acquire();
        boolean started = false;
        try {
            threads.execute(LogContext.carriedInto(() -> run(task)));
            started = true;
        } finally {
            if (!started) {
                free.release();
            }
        }
    }

    /** Waits until all have ended. */
    void await() throws InterruptedException {
        free.acquire(most);
        free.release(most);
    }

    /** Interrupts what runs and waits until it has ended, a minute at the most. One that begins only now begins interrupted. */
    @Override
    public void close() {
        end();
    }

    /** As {@link #close}, and says whether all have ended. */
    boolean end() {
        synchronized (this) {
            closed = true;
            running.forEach(Thread::interrupt);
        }
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + ending.toNanos();
        try {
            while (true) {
                try {
                    boolean ended = free.tryAcquire(most, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                    if (ended) {
                        free.release(most);
                    }
                    return ended;
                } catch (InterruptedException e) {
                    interrupted = true; // what runs on has a buffer or an upload of ours
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(Runnable task) {
        enter();
        try {
            task.run();
        } finally {
            leave();
            free.release();
        }
    }

    private synchronized void enter() {
        running.add(Thread.currentThread());
        if (closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** After this nobody interrupts the thread for our sake: it belongs to another task then. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    private synchronized void leave() {
        running.remove(Thread.currentThread());
        Thread.interrupted();
    }
}
