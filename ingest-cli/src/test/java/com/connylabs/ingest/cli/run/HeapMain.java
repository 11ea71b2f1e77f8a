package com.connylabs.ingest.cli.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps its heap small, uses it in one way or another, and prints how large it is then, in bytes. */
final class HeapMain {
    static final String IDLE = "idle";
    static final String BURST = "burst";
    static final String IN_USE = "in-use";
    static final String PASSED_OVER = "passed-over";
    static final int SMALL_MIB = 200;
    static final int LIVE_MIB = 400;

    /** For some collections of what is young, which let go of large arrays too. */
    private static final int GARBAGE_MIB = 4_000;

    /** For the heap to shrink, which happens beside us, and on a busy machine later; more than the pause of HeapFootprint. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Less than that pause. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    /** On a machine that is slow. */
    private static final int LEAST_LOOKS = 5;

    /** What is in use; static, so that it is. */
    private static final List<byte[]> live = new ArrayList<>();

    /** Volatile, so that it is made. */
    @SuppressWarnings("UnusedVariable")
    private static volatile byte[] garbage = new byte[0];

    private HeapMain() {}

    public static void main(String[] args) {
        AtomicBoolean passedOver = new AtomicBoolean(args[0].equals(PASSED_OVER));
        HeapFootprint footprint = HeapFootprint.keep(() -> {
            if (!passedOver.getAndSet(false)) {
                System.gc();
            }
        });
        switch (args[0]) {
            case BURST -> {
                use(LIVE_MIB);
                live.clear();
                workUntilBelow(LIVE_MIB, PATIENCE);
            }
            case IN_USE -> use(LIVE_MIB);
            case PASSED_OVER -> workUntilBelow(LIVE_MIB, AT_ONCE);
            default -> {}
        }
        System.out.println(Runtime.getRuntime().totalMemory());
        footprint.close();
    }

    private static void use(int mebibytes) {
        for (int i = 0; i < mebibytes; i++) {
            live.add(new byte[1 << 20]);
        }
    }

    /** Whoever works goes on collecting, which is when the heap is looked at. */
    private static void workUntilBelow(int mebibytes, Duration patience) {
        long start = System.nanoTime();
        int looks = 0;
        do {
            waste(GARBAGE_MIB);
            looks++;
        } while (Runtime.getRuntime().totalMemory() >> 20 >= mebibytes
                && (looks < LEAST_LOOKS || System.nanoTime() - start < patience.toNanos()));
    }

    private static void waste(int mebibytes) {
        for (int i = 0; i < mebibytes * 4; i++) {
            garbage = new byte[256 << 10];
        }
    }
}
