package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Lease;
import com.connylabs.ingest.cli.logging.Throwables;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turn to list a workflow's source, which one enqueuer has at a time and keeps between its listings. The others ask
 * for it every few seconds. Used by one thread.
 */
final class Turn implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Turn.class);

    /** How often one who stands by asks. */
    static final Duration LOOK = Duration.ofSeconds(3);

    /** Gives leases. */
    @FunctionalInterface
    interface Giver {
        Optional<Lease> lease() throws IngestException, InterruptedException;
    }

    private final Giver giver;
    private final Duration look;
    private final Stop stop;
    private @Nullable Lease lease;
    private boolean standingBy;
    private String fault = "";

    /**
     * A turn that nobody has asked for yet.
     *
     * @param giver gives the workflow's lease
     * @param look how long to wait before it is asked again
     * @param stop ends waiting
     */
    Turn(Giver giver, Duration look, Stop stop) {
        this.giver = giver;
        this.look = look;
        this.stop = stop;
    }

    /** Waits until nobody else lists. False if a stop was asked for instead. */
    boolean await(Runnable onStandby) throws InterruptedException {
        if (lease != null && lease.held()) {
            return true;
        }
        close();
        while (!stop.requested()) {
            Optional<Lease> given = ask();
            if (given.isPresent()) {
                lease = given.get();
                begin();
                return true;
            }
            if (fault.isEmpty()) {
                standBy();
                onStandby.run();
            }
            stop.await(look);
        }
        return false;
    }

    private Optional<Lease> ask() throws InterruptedException {
        try {
            Optional<Lease> given = giver.lease();
            fault = "";
            return given;
        } catch (IngestException e) {
            String reason = Throwables.message(e);
            if (!reason.equals(fault)) {
                log.warn("cannot ask whose turn it is to list: {}; trying again until it works", reason);
            }
            fault = reason;
            return Optional.empty();
        }
    }

    private void standBy() {
        if (!standingBy) {
            log.info("another enqueuer lists this workflow, or did until a moment ago; standing by");
        }
        standingBy = true;
    }

    private void begin() {
        if (standingBy) {
            log.info("no other enqueuer lists this workflow any more; taking over");
        }
        standingBy = false;
    }

    /** Gives the turn to another; it can be asked for again. Safe to call twice. */
    @Override
    public void close() {
        if (lease != null) {
            lease.close();
            lease = null;
        }
    }
}
