package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.TransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Copies the parts of a large object, several at a time. When it ends, in whatever way, nothing of it goes on. */
final class PartCopies {
    private static final int AT_A_TIME = 4;
    private static final long ENDING_SECONDS = 60;

    private final int count;
    private final Part part;
    private final AtomicInteger next = new AtomicInteger(1);

    /** Copies a part. */
    interface Part {
        void copy(int number) throws IngestException, InterruptedException;
    }

    private PartCopies(int count, Part part) {
        this.count = count;
        this.part = part;
    }

    /** Copies the parts from 1 to {@code count}; the first failure ends it. */
    static void all(int count, Part part) throws IngestException, InterruptedException {
        new PartCopies(count, part).run();
    }

    private void run() throws IngestException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_A_TIME, count), PartCopies::thread);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < Math.min(AT_A_TIME, count); i++) {
                running.add(threads.submit(() -> {
                    copySome();
                    return null;
                }));
            }
            for (Future<?> one : running) {
                await(one);
            }
        } finally {
            next.set(count + 1);
            end(threads);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "s3-copy");
        thread.setDaemon(true);
        thread.setContextClassLoader(PartCopies.class.getClassLoader());
        return thread;
    }

    private void copySome() throws IngestException, InterruptedException {
        try {
            for (int number = next.getAndIncrement(); number <= count; number = next.getAndIncrement()) {
                part.copy(number);
            }
        } finally {
            next.set(count + 1); // all are taken, or one has failed and the others need not begin
        }
    }

    private static void await(Future<?> one) throws IngestException, InterruptedException {
        try {
            one.get();
        } catch (ExecutionException | CancellationException e) {
            if (e.getCause() instanceof IngestException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error fault) {
                throw fault;
            }
            throw new TransientException("a part was not copied: " + e, e);
        }
    }

    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ENDING_SECONDS);
            while (!threads.isTerminated() && System.nanoTime() < deadline) {
                try {
                    if (threads.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                } catch (InterruptedException e) {
                    interrupted = true; // what runs on has an upload of ours
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
