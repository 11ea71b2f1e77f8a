package com.connylabs.ingest.core.queue.nats;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Counts what is under way, so that closing can wait for it. Safe to use from many threads. */
final class InFlight {
    private long count;

    /** Returns the same future: what comes of {@code whenComplete} is done only after it was counted. */
    <T> CompletableFuture<T> track(CompletableFuture<T> future) {
        synchronized (this) {
            count++;
        }
        var unused = future.whenComplete((result, thrown) -> done());
        return future;
    }

    /** Waits until nothing is under way, or the time is over, or the thread is interrupted. */
    synchronized void await(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (count > 0) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return;
                }
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void done() {
        count--;
        if (count == 0) {
            notifyAll();
        }
    }
}
