package com.connylabs.ingest.cli.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the workflows run until they have ended by themselves, or a stop was asked for and they have ended because of it. */
final class Working {
    private static final Logger log = LoggerFactory.getLogger(Working.class);

    /** What the engine needs beyond the user's time-out to hand back what it could not finish. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private final List<WorkflowRun> runs;
    private final Settings settings;
    private final Stop stop;

    Working(List<WorkflowRun> runs, Settings settings, Stop stop) {
        this.runs = runs;
        this.settings = settings;
        this.stop = stop;
    }

    /** Starts the workflows and blocks until they have ended; the progress is shown meanwhile. */
    void work(Supplier<Progress> display) {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        try (Progress ignored = display.get()) {
            runs.forEach(run -> ends.add(run.start()));
            CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]));
            try {
                all.get();
            } catch (InterruptedException e) {
                log.debug("stopping");
            } catch (ExecutionException e) {
                log.atError().setCause(e.getCause()).log("a workflow has ended in a way it should not");
            }
            stop.detach();
            end(all);
        }
    }

    private void end(CompletableFuture<Void> all) {
        runs.forEach(WorkflowRun::stop);
        if (!endsWithin(settings.shutdownTimeout().plus(GRACE), all)) {
            runs.forEach(WorkflowRun::interrupt);
            if (!endsWithin(LAST_WAIT, all)) {
                log.warn("giving up waiting; what was not finished is delivered again");
            }
        }
    }

    private static boolean endsWithin(Duration time, CompletableFuture<Void> all) {
        try {
            all.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
