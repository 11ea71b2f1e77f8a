package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.Enqueuer;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.cli.http.Health;
import com.connylabs.ingest.cli.logging.Throwables;
import com.connylabs.ingest.core.Backoff;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Lists the source of one workflow again and again, the next time an interval after the last one ended. A listing that
 * fails is tried again after a growing wait. Used by one thread.
 */
final class EnqueueLoop {
    private static final Logger log = LoggerFactory.getLogger(EnqueueLoop.class);

    private final String part;
    private final Enqueuer enqueuer;
    private final Duration interval;
    private final Backoff backoff;
    private final Stop stop;
    private final Health health;

    /**
     * A loop that has not started.
     *
     * @param workflow its name
     * @param enqueuer lists once
     * @param interval from the end of a listing to the start of the next; zero: list once
     * @param backoff the wait after a listing that failed
     * @param stop ends the loop
     * @param health told whether listing works
     */
    EnqueueLoop(String workflow, Enqueuer enqueuer, Duration interval, Backoff backoff, Stop stop, Health health) {
        this.part = "listing of " + workflow;
        this.enqueuer = enqueuer;
        this.interval = interval;
        this.backoff = backoff;
        this.stop = stop;
        this.health = health;
    }

    /** Lists once, without trying again. Gives the reason if it failed. */
    Optional<String> once() throws InterruptedException {
        try {
            list();
            return Optional.empty();
        } catch (IngestException | RuntimeException | Error e) {
            log.atLevel(Throwables.isBug(e) ? Level.ERROR : Level.DEBUG)
                    .setCause(e)
                    .log("listing failed");
            return Optional.of(Throwables.message(e));
        }
    }

    /** Lists until stopped, or until a listing that is to be made once has worked. */
    void forEver() throws InterruptedException {
        long failures = 0;
        boolean again = true;
        while (again && !stop.requested()) {
            Duration pause = interval;
            try {
                list();
                failures = 0;
                again = !interval.isZero();
            } catch (IngestException | RuntimeException | Error e) {
                pause = backoff.after(++failures);
                failed(e, pause);
            }
            again = again && !stop.await(pause);
        }
    }

    private void list() throws IngestException, InterruptedException {
        Listing listing = enqueuer.enqueue();
        health.ok(part);
        log.atInfo()
                .addKeyValue("listed", listing.listed())
                .addKeyValue("queued", listing.queued())
                .addKeyValue("outstanding", listing.alreadyOutstanding())
                .log("source listed");
    }

    private void failed(Throwable e, Duration pause) {
        health.fault(part, Throwables.message(e));
        log.atError()
                .addKeyValue("retry", Texts.duration(pause))
                .setCause(e)
                .log("cannot list the source; trying again");
    }
}
