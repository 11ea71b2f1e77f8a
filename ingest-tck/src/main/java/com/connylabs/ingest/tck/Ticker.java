package com.connylabs.ingest.tck;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does something again and again, from a thread of its own. */
final class Ticker implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private volatile @Nullable Exception failure;

    Ticker(Duration every, Action action) {
        var unused = thread.scheduleAtFixedRate(() -> run(action), 0, every.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Fails if the action has failed. */
    void check() throws Exception {
        Exception failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void run(Action action) {
        try {
            action.run();
        } catch (Exception e) {
            failure = e;
        }
    }

    interface Action {
        void run() throws Exception;
    }
}
