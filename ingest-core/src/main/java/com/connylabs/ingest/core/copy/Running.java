package com.connylabs.ingest.core.copy;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work at one destination on a thread of its own, which can be waited for, watched and ended. */
final class Running<T> {
    private static final long ENDING_SECONDS = 5;

    /** The work. */
    @FunctionalInterface
    interface Work<T> {
        T run(Progress progress) throws TargetException, InterruptedException;
    }

    private final String name;
    private final Progress progress = new Progress();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final FutureTask<T> task;

    private Running(String name, Work<T> work) {
        this.name = name;
        this.task = new FutureTask<>(() -> work.run(progress));
    }

    static <T> Running<T> start(ExecutorService threads, String name, Work<T> work) {
        Running<T> running = new Running<>(name, work);
        threads.execute(LogContext.carriedInto(running::run));
        return running;
    }

    private void run() {
        try {
            task.run();
        } finally {
            ended.countDown();
        }
    }

    boolean done() {
        return task.isDone();
    }

    /** Whether its thread does nothing of it any more, which is later than {@link #done} if it was cancelled. */
    boolean ended() {
        return ended.getCount() == 0;
    }

    /** It has got something to do, and is not to blame for the time before. */
    void moved() {
        progress.moved();
    }

    boolean stalledFor(Duration limit) {
        return !done() && progress.stalledFor(limit);
    }

    /** The result; a failure if nothing moves for as long as {@code patience}. */
    T await(Duration patience) throws TargetException, InterruptedException {
        while (true) {
            try {
                return task.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                if (progress.stalledFor(patience)) {
                    throw drop(patience);
                }
            } catch (CancellationException e) {
                throw stalled(patience);
            } catch (ExecutionException e) {
                throw known(requireNonNullElse(e.getCause(), e));
            }
        }
    }

    /** Ends work that makes no progress; says so. */
    TargetException drop(Duration patience) {
        cancel();
        return stalled(patience);
    }

    private TargetException stalled(Duration patience) {
        return Watch.stalled(name, patience, "was dropped for now");
    }

    private static TargetException known(Throwable cause) throws InterruptedException {
        if (cause instanceof TargetException target) {
            return target;
        }
        if (cause instanceof InterruptedException) {
            throw new InterruptedException("interrupted at a destination");
        }
        throw new IllegalStateException(cause);
    }

    /** Interrupts the work if it still runs, and gives it a moment to clear up: nobody works on for an element that its worker has left. */
    void cancel() {
        if (!task.cancel(true)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            ended.await(ENDING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
