package com.connylabs.ingest.cli.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Counts what happened in one workflow since the start, for the progress line and the summary. */
public final class Tally {
    final LongAdder listed = new LongAdder();
    final LongAdder queued = new LongAdder();
    final LongAdder copied = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder gone = new LongAdder();
    final LongAdder givenUp = new LongAdder();
    final LongAdder suppressed = new LongAdder();
    final LongAdder present = new LongAdder();
    volatile String pause = "";

    /**
     * The counts at one moment.
     *
     * @param listed elements that listings found
     * @param queued elements put into the queue
     * @param copied elements copied
     * @param bytes length of what was copied
     * @param skipped elements that were there already
     * @param gone elements that the source did not have any more
     * @param givenUp elements that became dead letters
     */
    public record Counts(long listed, long queued, long copied, long bytes, long skipped, long gone, long givenUp) {
        /**
         * Both together.
         *
         * @param other the counts of another workflow
         * @return the sums
         */
        public Counts plus(Counts other) {
            return new Counts(
                    listed + other.listed,
                    queued + other.queued,
                    copied + other.copied,
                    bytes + other.bytes,
                    skipped + other.skipped,
                    gone + other.gone,
                    givenUp + other.givenUp);
        }
    }

    /**
     * The counts now.
     *
     * @return a copy
     */
    public Counts counts() {
        return new Counts(
                listed.sum(), queued.sum(), copied.sum(), bytes.sum(), skipped.sum(), gone.sum(), givenUp.sum());
    }

    /**
     * Elements that listings left out because they have a dead letter.
     *
     * @return how many, of all listings together
     */
    public long suppressed() {
        return suppressed.sum();
    }

    /**
     * Elements that listings left out because every destination has them.
     *
     * @return how many, of all listings together
     */
    public long present() {
        return present.sum();
    }

    /**
     * Whether the workflow waits because an endpoint is at fault.
     *
     * @return true while it waits
     */
    public boolean paused() {
        return !pause.isEmpty();
    }

    /**
     * Why the workflow waits.
     *
     * @return endpoint and reason, for an operator; empty while it does not wait
     */
    public String pause() {
        return pause;
    }
}
