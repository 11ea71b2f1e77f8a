package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final Attempts attempts = new Attempts(10);

    @Test
    void everyDeliveryCountsButThoseThatWereForgiven() {
        assertEquals(1, attempts.count("a", 1));
        assertEquals(2, attempts.count("a", 2));
        assertEquals(1, attempts.forgive("a", 3));
        assertEquals(2, attempts.forgive("a", 4));
        assertEquals(3, attempts.count("a", 5));
    }

    @Test
    void aForgivenDeliveryIsNoAttemptEvenIfItIsTheFirst() {
        attempts.forgive("a", 1);
        assertEquals(1, attempts.count("a", 1));
    }

    @Test
    void whatHappenedBeforeThisProcessCountsForHalfAtTheMost() {
        assertEquals(4, attempts.count("few before", 4));
        assertEquals(6, attempts.count("an outage before", 300));
        assertEquals(7, attempts.count("an outage before", 301));
    }

    @Test
    void anElementThatAlwaysFailsComesToItsEndAfterAnOutageToo() {
        assertTrue(LongStream.range(300, 310).anyMatch(delivery -> attempts.count("a", delivery) == 10));
    }

    @Test
    void whatIsForgottenIsCountedAfresh() {
        attempts.forgive("a", 1);
        attempts.forget("a");
        assertEquals(2, attempts.count("a", 2));
    }

    @Test
    void theFirstTimeIsRemembered() {
        assertEquals(attempts.met("a", 1), attempts.met("a", 2));
    }
}
