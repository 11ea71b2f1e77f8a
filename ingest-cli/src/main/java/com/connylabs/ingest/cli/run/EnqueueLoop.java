package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.cli.http.Health;
import com.connylabs.ingest.cli.logging.Throwables;
import com.connylabs.ingest.core.Backoff;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Lists the source of one workflow again and again, the next time an interval after the last one ended, as long as it is
 * our turn. A listing that fails is tried again after a growing wait; one that fails for good, after the interval. Used by one thread.
 */
final class EnqueueLoop {
    private static final Logger log = LoggerFactory.getLogger(EnqueueLoop.class);

    private final String part;
    private final WatchedEnqueuer enqueuer;
    private final Turn turn;
    private final Duration interval;
    private final Backoff backoff;
    private final Stop stop;
    private final Health health;
    private String lastFailure = "";

    /**
     * A loop that has not started.
     *
     * @param workflow its name
     * @param enqueuer lists once
     * @param turn tells when to; not asked by a run that lists once
     * @param interval from the end of a listing to the start of the next; zero: list once
     * @param backoff the wait after a listing that failed
     * @param stop ends the loop
     * @param health told whether listing works
     */
    EnqueueLoop(
            String workflow,
            WatchedEnqueuer enqueuer,
            Turn turn,
            Duration interval,
            Backoff backoff,
            Stop stop,
            Health health) {
        this.part = "listing of " + workflow;
        this.enqueuer = enqueuer;
        this.turn = turn;
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
        try (turn) {
            while (again && !stop.requested()) {
                Duration pause = interval;
                try {
                    again = listInTurn() && !interval.isZero();
                    failures = 0;
                } catch (IngestException | RuntimeException | Error e) {
                    pause = pauseAfter(e, ++failures);
                    failed(e, pause);
                }
                again = again && !stop.await(pause);
            }
        }
    }

    /** False if a stop was asked for before our turn came. */
    private boolean listInTurn() throws IngestException, InterruptedException {
        try {
            enqueuer.requireIdle();
        } catch (IngestException e) {
            turn.close(); // another process may have better luck
            throw e;
        }
        if (!turn.await(() -> health.ok(part))) {
            return false;
        }
        list();
        return true;
    }

    private void list() throws IngestException, InterruptedException {
        Listing listing = enqueuer.enqueue();
        health.ok(part);
        lastFailure = "";
        log.atInfo()
                .addKeyValue("listed", listing.listed())
                .addKeyValue("queued", listing.queued())
                .addKeyValue("outstanding", listing.alreadyOutstanding())
                .addKeyValue("suppressed", listing.suppressed())
                .addKeyValue("present", listing.present())
                .log("source listed");
    }

    /** What fails for good does so again: it is not listed more often for that than if it worked. */
    private Duration pauseAfter(Throwable e, long failures) {
        Duration wait = backoff.after(failures);
        return e instanceof PermanentException && interval.compareTo(wait) > 0 ? interval : wait;
    }

    private void failed(Throwable e, Duration pause) {
        String reason = Throwables.message(e);
        health.fault(part, reason);
        log.atLevel(reason.equals(lastFailure) ? Level.DEBUG : Level.ERROR)
                .addKeyValue("retry", Texts.duration(pause))
                .setCause(e)
                .log("cannot list the source; trying again until it works");
        lastFailure = reason;
    }
}
