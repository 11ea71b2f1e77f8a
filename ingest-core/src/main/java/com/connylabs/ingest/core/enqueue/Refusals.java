package com.connylabs.ingest.core.enqueue;

import com.connylabs.ingest.api.PermanentException;
import org.jspecify.annotations.Nullable;

/** What the queue will never take of a listing. Used by one thread. */
final class Refusals {
    private @Nullable PermanentException first;
    private long count;
    private long inARow;
    private long takenBefore;

    /**
     * Notes another one.
     *
     * @param taken how many messages the queue has taken so far
     */
    void note(PermanentException refusal, long taken) {
        first = first == null ? refusal : first;
        count++;
        inARow = taken == takenBefore ? inARow + 1 : 1;
        takenBefore = taken;
    }

    long count() {
        return count;
    }

    /** How many since the queue has last taken a message. */
    long inARow() {
        return inARow;
    }

    /** Fails if there was one. */
    void fail() throws PermanentException {
        if (first != null) {
            String elements = count == 1 ? "1 element" : count + " elements";
            throw new PermanentException(
                    elements + " cannot be queued, the first because: " + first.getMessage(), first);
        }
    }
}
