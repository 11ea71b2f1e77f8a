package com.connylabs.ingest.it.chaos;

import com.connylabs.ingest.testkit.Await;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits until everything is done. */
final class Quiet {
    private static final int LISTINGS = 2;

    private final Fleet fleet;
    private final Broker broker;
    private final Duration longest;

    Quiet(Fleet fleet, Broker broker, Duration longest) {
        this.fleet = fleet;
        this.broker = broker;
        this.longest = longest;
    }

    /** The queue becomes empty; nobody lists. */
    void drain() throws InterruptedException {
        Await.until("an empty queue", longest, () -> {
            fleet.workers().forEach(Member::requireAlive);
            TimeUnit.MILLISECONDS.sleep(200); // asking costs the broker a connection
            return broker.messages() == 0;
        });
    }

    /** Everything is listed once more and the queue becomes empty, twice. */
    void settle() throws Exception {
        for (int i = 0; i < LISTINGS; i++) {
            fleet.list();
            drain();
        }
    }
}
