package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.cli.http.Health;
import com.connylabs.ingest.cli.logging.Throwables;
import com.connylabs.ingest.core.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries connections before they are needed, so that a mistake is told at once and in one line. */
final class Checks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Checks.class);

    /**
     * One connection to try.
     *
     * @param part what to call it, for example {@code source photos}
     * @param trial fails if it does not work
     */
    record Check(String part, Trial trial) {}

    /** Tries a connection. */
    @FunctionalInterface
    interface Trial {
        void run() throws IngestException, InterruptedException;
    }

    private final List<Check> checks;
    private final ThreadPoolExecutor threads;

    /** A thread for each, so that one that does not come back keeps none of the others waiting. */
    Checks(List<Check> checks) {
        this.checks = List.copyOf(checks);
        int most = Math.max(1, checks.size());
        AtomicInteger count = new AtomicInteger();
        threads = new ThreadPoolExecutor(most, most, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "check-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Tries all of them at the same time, once. Gives a line for each that does not work. */
    List<String> once(Duration atMost) throws InterruptedException {
        List<Future<String>> results = threads.invokeAll(
                checks.stream()
                        .map(check -> (Callable<String>) () -> fault(check))
                        .toList(),
                atMost.toNanos(),
                TimeUnit.NANOSECONDS);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            String fault = result(results.get(i), atMost);
            if (!fault.isEmpty()) {
                faults.add(checks.get(i).part() + ": " + fault);
            }
        }
        return faults;
    }

    private static String result(Future<String> future, Duration atMost) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException e) {
            return "no answer within " + Texts.duration(atMost);
        } catch (ExecutionException e) {
            return Throwables.message(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Tries each until it works; what does not is a fault meanwhile, told when it begins and when it changes. */
    void untilTheyWork(Backoff backoff, Health health) {
        checks.forEach(check -> threads.execute(() -> untilItWorks(check, backoff, health)));
    }

    private static void untilItWorks(Check check, Backoff backoff, Health health) {
        String before = "";
        try {
            for (long attempt = 1; ; attempt++) {
                String fault = fault(check);
                if (fault.isEmpty()) {
                    break;
                }
                health.fault(check.part(), fault);
                if (!fault.equals(before)) {
                    log.warn("{}: {}; trying again until it works", check.part(), fault);
                }
                before = fault;
                Thread.sleep(backoff.after(attempt).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        health.ok(check.part());
        if (!before.isEmpty()) {
            log.info("{} can be reached", check.part());
        }
    }

    private static String fault(Check check) throws InterruptedException {
        try {
            check.trial().run();
            return "";
        } catch (IngestException | RuntimeException | Error e) {
            log.atDebug().setCause(e).log("{} cannot be used", check.part());
            return Throwables.message(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
