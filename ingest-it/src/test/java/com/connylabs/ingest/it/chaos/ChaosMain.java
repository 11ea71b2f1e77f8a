package com.connylabs.ingest.it.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Runs one seed or many, on one queue or on all of them: see docs/chaos.md.
 *
 * <p>System properties: {@code chaos.seed} (one seed, or {@code random}), {@code chaos.seeds} (how many, from a random one on), {@code
 * chaos.queue} ({@code nats}, {@code embedded}, {@code cluster}; all in turn), {@code chaos.dir} (for the files of runs), {@code
 * chaos.scale} ({@code full}, {@code short}).
 */
public final class ChaosMain {
    private ChaosMain() {}

    /**
     * Runs; exits with 1 if any run failed.
     *
     * @param args none
     * @throws Exception if a run cannot even be prepared
     */
    public static void main(String[] args) throws Exception {
        Path root = Path.of(System.getProperty("chaos.dir", "target/chaos")).toAbsolutePath();
        Scale scale = System.getProperty("chaos.scale", "full").equals("short") ? Scale.SHORT : Scale.FULL;
        Runs runs = new Runs(root, scale);
        List<String> failures = new ArrayList<>();
        int passed = 0;
        for (long seed : seeds()) {
            for (QueueKind queue : queues()) {
                String failure = runs.run(seed, queue);
                if (failure.isEmpty()) {
                    passed++;
                } else {
                    System.out.println(failure);
                    failures.add(failure.lines().findFirst().orElseThrow());
                }
            }
        }
        System.out.println("chaos: " + passed + " passed, " + failures.size() + " failed");
        failures.forEach(System.out::println);
        // Threads of clients that a failed run has left must not keep this from ending.
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    private static long[] seeds() {
        String one = System.getProperty("chaos.seed", "random");
        if (!one.equals("random")) {
            return new long[] {Long.parseLong(one)};
        }
        long first = new Random().nextInt(1_000_000);
        long[] seeds = new long[Integer.getInteger("chaos.seeds", 1)];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = first + i;
        }
        return seeds;
    }

    private static List<QueueKind> queues() {
        String name = System.getProperty("chaos.queue", "all");
        return name.equals("all")
                ? List.of(QueueKind.values())
                : List.of(QueueKind.valueOf(name.toUpperCase(Locale.ROOT)));
    }
}
