package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.cli.http.Health;
import com.connylabs.ingest.cli.logging.Throwables;
import com.connylabs.ingest.core.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Works off the queue of one workflow. What throws is started afresh after a growing wait, so that a broken plugin stops
 * nothing but its own workflow. One thread runs it; others may stop it or let it run dry.
 */
final class DequeueLoop {
    private static final Logger log = LoggerFactory.getLogger(DequeueLoop.class);

    private final String part;
    private final Supplier<Copying> factory;
    private final Backoff backoff;
    private final Stop stop;
    private final Health health;
    private @Nullable Copying current;
    private String lastFailure = "";
    private boolean draining;

    /**
     * A loop that has not started.
     *
     * @param workflow its name
     * @param factory makes a dequeuer, which can be used once
     * @param backoff the wait before another one is made
     * @param stop ends the loop
     * @param health told whether copying works
     */
    DequeueLoop(String workflow, Supplier<Copying> factory, Backoff backoff, Stop stop, Health health) {
        this.part = "copying of " + workflow;
        this.factory = factory;
        this.backoff = backoff;
        this.stop = stop;
        this.health = health;
    }

    /** Works until stopped or run dry, without starting afresh. Gives the reason if it failed. */
    Optional<String> once() throws InterruptedException {
        try {
            next().dequeue();
            return Optional.empty();
        } catch (IngestException | RuntimeException | Error e) {
            log.atLevel(Throwables.isBug(e) ? Level.ERROR : Level.DEBUG)
                    .setCause(e)
                    .log("copying failed");
            return Optional.of(Throwables.message(e));
        }
    }

    /** Works until stopped. */
    void forEver() throws InterruptedException {
        long failures = 0;
        boolean again = true;
        while (again && !stop.requested()) {
            long start = System.nanoTime();
            try {
                Copying copying = next();
                health.ok(part);
                copying.dequeue();
                again = false;
            } catch (IngestException | RuntimeException | Error e) {
                if (System.nanoTime() - start > backoff.most().toNanos()) { // it worked, and this is something new
                    failures = 0;
                    lastFailure = "";
                }
                Duration pause = backoff.after(++failures);
                failed(e, pause);
                again = !stop.await(pause);
            }
        }
    }

    /** Asks to stop; what is running is finished first. */
    synchronized void stop() {
        if (current != null) {
            current.stop();
        }
    }

    /** Asks to end when nothing is outstanding any more. */
    synchronized void drain() {
        draining = true;
        if (current != null) {
            current.drain();
        }
    }

    private synchronized Copying next() {
        Copying made = factory.get();
        if (draining) {
            made.drain();
        }
        if (stop.requested()) {
            made.stop();
        }
        current = made;
        return made;
    }

    private void failed(Throwable e, Duration pause) {
        String reason = Throwables.message(e);
        health.fault(part, reason);
        log.atLevel(reason.equals(lastFailure) ? Level.DEBUG : Level.ERROR)
                .addKeyValue("retry", Texts.duration(pause))
                .setCause(e)
                .log("copying stopped; starting afresh until it works");
        lastFailure = reason;
    }
}
