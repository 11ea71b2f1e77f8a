package com.connylabs.ingest.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Enqueuer;
import com.connylabs.ingest.api.Listing;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.cli.http.Health;
import com.connylabs.ingest.core.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EnqueueLoopTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Listing LISTING = new Listing(1, 1, 0);

    private final Stop stop = new Stop();
    private final Health health = new Health();
    private final AtomicInteger listings = new AtomicInteger();

    @BeforeEach
    void doNotInterruptTheTest() {
        stop.detach();
    }

    @Test
    void listsAgainAfterTheInterval() throws Exception {
        loop(() -> count(3), SHORT).forEver();
        assertEquals(3, listings.get(), "listings until the stop");
    }

    @Test
    void intervalOfZeroListsOnce() throws Exception {
        loop(() -> count(99), Duration.ZERO).forEver();
        assertEquals(1, listings.get(), "listings");
    }

    @Test
    void failureIsShownAndTriedAgain() throws Exception {
        Enqueuer failingTwice = () -> {
            Listing listing = count(99);
            if (listings.get() <= 2) {
                throw new TransientException("list in: reset");
            }
            return listing;
        };
        loop(failingTwice, Duration.ZERO).forEver();
        assertEquals(3, listings.get(), "listings");
        assertEquals(Map.of(), health.faults(), "faults after success");
    }

    @Test
    void anErrorOfAPluginDoesNotEndTheLoop() throws Exception {
        Enqueuer broken = () -> {
            count(3);
            throw new NoClassDefFoundError("com/example/Gone");
        };
        loop(broken, SHORT).forEver();
        assertEquals(3, listings.get(), "listings");
        assertEquals(
                Map.of("listing of w", "NoClassDefFoundError: com/example/Gone"), health.faults(), "faults meanwhile");
    }

    @Test
    void aSingleListingGivesTheReasonOfItsFailure() throws Exception {
        Enqueuer broken = () -> {
            throw new TransientException("list in: reset");
        };
        assertEquals(Optional.of("list in: reset"), loop(broken, SHORT).once(), "failure");
        assertTrue(loop(() -> count(99), SHORT).once().isEmpty(), "success");
    }

    /** Counts a listing, and asks to stop after a number of them. */
    private Listing count(int last) {
        if (listings.incrementAndGet() == last) {
            stop.request();
        }
        return LISTING;
    }

    private EnqueueLoop loop(Enqueuer enqueuer, Duration interval) {
        return new EnqueueLoop("w", enqueuer, interval, new Backoff(SHORT, SHORT), stop, health);
    }
}
