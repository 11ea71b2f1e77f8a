package com.connylabs.ingest.it.chaos;

import java.time.Duration;

/**
 * Something that is broken for a while.
 *
 * @param at since the beginning of the chaos
 * @param lasts until it is mended
 * @param what is done
 * @param victim which worker; of no meaning elsewhere
 */
record Event(Duration at, Duration lasts, What what, int victim) {
    /** What is done. */
    enum What {
        /** SIGKILL, and started again. */
        KILL_WORKER,
        /** SIGKILL, and started again. */
        KILL_ENQUEUER,
        /** SIGSTOP, and SIGCONT after more than the ack wait. */
        STOP_WORKER,
        /** SIGSTOP and SIGCONT. */
        STOP_ENQUEUER,
        /** A second enqueuer lists once; it is killed if that takes too long. */
        LIST,
        /** SIGKILL of the queue's server, or of the one that leads; started again on the same directory. */
        KILL_QUEUE
    }

    Duration end() {
        return at.plus(lasts);
    }
}
