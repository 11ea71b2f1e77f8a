package com.connylabs.ingest.core.dequeue;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Named threads in bounded numbers. */
final class Threads {
    private Threads() {}

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** A pool that starts threads when they are needed and ends them when they have been idle. */
    static ExecutorService pool(String name, int most) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most,
                most,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // who submits is bounded, by slots
                task -> daemon(task, name + "-" + number.incrementAndGet()));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Waits for a pool's threads to end. */
    static boolean await(ExecutorService pool, Duration most) throws InterruptedException {
        return pool.awaitTermination(most.toNanos(), TimeUnit.NANOSECONDS);
    }
}
