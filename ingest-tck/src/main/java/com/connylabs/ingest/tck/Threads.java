package com.connylabs.ingest.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does things at the same time. */
final class Threads {
    /** One of many things to do. */
    interface Task {
        void run(int number) throws Exception;
    }

    private Threads() {}

    /** Runs a task on several threads, with numbers from 0, and waits for all; throws what the first failure threw. */
    static void run(int count, Task task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                int mine = number;
                Callable<Boolean> call = () -> {
                    task.run(mine);
                    return true;
                };
                running.add(executor.submit(call));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            executor.shutdownNow();
        }
    }
}
