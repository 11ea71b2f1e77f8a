package com.connylabs.ingest.testkit.fuzz;

import java.time.Duration;

/**
 * Runs a test with many inputs, each made from a seed of its own. {@code -Dfuzz.rounds=1000000} is how many; {@code
 * -Dfuzz.seed=4711} is the first seed, and with {@code -Dfuzz.rounds=1} the one that a failure has named.
 */
public final class Fuzz {
    private static final long FIRST = Long.getLong("fuzz.seed", 1);

    private Fuzz() {}

    /** What is done with one input. */
    @FunctionalInterface
    public interface Trial {
        /**
         * Makes an input and tries it.
         *
         * @param seed decides the input
         * @throws Exception if it was not dealt with as it should
         */
        void run(long seed) throws Exception;
    }

    /**
     * Runs the trials, and prints how many there were and how long the slowest took.
     *
     * @param what is tried
     * @param rounds how many inputs, unless the system property says otherwise
     * @param most how long one of them may take
     * @param trial makes an input and tries it
     * @throws AssertionError if one failed or took too long; it names the seed
     */
    public static void run(String what, int rounds, Duration most, Trial trial) {
        int count = Integer.getInteger("fuzz.rounds", rounds);
        long slowest = 0;
        for (long seed = FIRST; seed < FIRST + count; seed++) {
            long start = System.nanoTime();
            try {
                trial.run(seed);
            } catch (Throwable e) {
                throw new AssertionError(what + " failed; again with -Dfuzz.rounds=1 -Dfuzz.seed=" + seed, e);
            }
            long took = System.nanoTime() - start;
            if (took > most.toNanos()) {
                throw new AssertionError(what + " took " + took / 1_000_000 + " ms with -Dfuzz.seed=" + seed);
            }
            slowest = Math.max(slowest, took);
        }
        System.out.println("fuzz: " + count + " inputs: " + what + "; the slowest took " + slowest / 1000 + " µs");
    }
}
