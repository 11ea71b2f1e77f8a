package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.core.copy.Calls;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.copy.TargetException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Once, when a worker starts, and in the background: has the destinations remove what was begun long ago and never
 * finished. It is only about space, so a failure is a line in the log.
 */
final class Tidying implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Tidying.class);
    /** No living worker takes that long for one object; nobody can ask those of other machines. */
    private static final Duration OLD = Duration.ofDays(7);

    private static final Duration ENDING = Duration.ofSeconds(5);

    private final Thread thread;

    private Tidying(Thread thread) {
        this.thread = thread;
    }

    static Tidying start(String workflow, List<Target> targets) {
        Instant limit = Instant.now().minus(OLD);
        Thread thread = Threads.daemon(() -> run(workflow, targets, limit), "ingest-" + workflow + "-tidying");
        thread.start();
        return new Tidying(thread);
    }

    private static void run(String workflow, List<Target> targets, Instant limit) {
        try (var ignored = MDC.putCloseable("workflow", workflow)) {
            for (Target target : targets) {
                tidy(target, limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // there is another start to come
        }
    }

    private static void tidy(Target target, Instant limit) throws InterruptedException {
        try {
            Calls.at(target.name(), "discard", () -> {
                target.storage().discardUnfinished(limit);
                return true;
            });
        } catch (TargetException e) {
            log.atInfo()
                    .addKeyValue("destination", target.name())
                    .addKeyValue("reason", e.getMessage())
                    .log(
                            "what dead workers may have left unfinished a week ago was not removed; the next start tries again");
        }
    }

    /** Ends it, finished or not. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(ENDING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
