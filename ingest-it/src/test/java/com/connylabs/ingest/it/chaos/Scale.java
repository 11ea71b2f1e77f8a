package com.connylabs.ingest.it.chaos;

import java.time.Duration;

/**
 * How large a run is.
 *
 * @param objects of each workflow, at the start
 * @param largest length of the largest objects
 * @param writesPerSecond how fast objects are overwritten and added
 * @param chaos how long everything is broken
 * @param late how long the workers are, when nobody lists any more
 * @param ackWait of the workflows
 * @param calm the longest time for everything to be done afterwards
 */
record Scale(
        int objects, int largest, int writesPerSecond, Duration chaos, Duration late, Duration ackWait, Duration calm) {
    private static final int MIB = 1 << 20;

    static final Scale FULL = new Scale(
            1000,
            20 * MIB,
            30,
            Duration.ofSeconds(25),
            Duration.ofSeconds(8),
            Duration.ofSeconds(5),
            Duration.ofMinutes(4));

    static final Scale SHORT = new Scale(
            100,
            6 * MIB,
            15,
            Duration.ofSeconds(6),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofMinutes(4));

    /** How long a process is stopped: past the ack wait. */
    Duration pause() {
        return ackWait.multipliedBy(7).dividedBy(5);
    }
}
