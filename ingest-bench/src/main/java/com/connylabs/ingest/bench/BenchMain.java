package com.connylabs.ingest.bench;

import com.connylabs.ingest.bench.scenario.Enqueue;
import com.connylabs.ingest.bench.scenario.Hot;
import com.connylabs.ingest.bench.scenario.Large;
import com.connylabs.ingest.bench.scenario.Latency;
import com.connylabs.ingest.bench.scenario.Million;
import com.connylabs.ingest.bench.scenario.Small;
import com.connylabs.ingest.bench.scenario.Start;
import com.connylabs.ingest.bench.scenario.Unchanged;
import com.connylabs.ingest.bench.scenario.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs scenarios: see docs/performance.md. System properties: {@code bench} (names, with commas; {@code all}), {@code
 * bench.rounds}, {@code bench.scale}, {@code bench.profile}, {@code bench.dir}, {@code bench.jar}.
 */
public final class BenchMain {
    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.put("start", new Start());
        SCENARIOS.put("enqueue", new Enqueue());
        SCENARIOS.put("small", new Small());
        SCENARIOS.put("latency", new Latency());
        SCENARIOS.put("large", new Large());
        SCENARIOS.put("workers", new Workers());
        SCENARIOS.put("unchanged", new Unchanged());
        SCENARIOS.put("million", new Million());
        SCENARIOS.put("hot", new Hot());
    }

    private BenchMain() {}

    /**
     * Runs, and prints a table for each scenario.
     *
     * @param args none
     * @throws Exception if a run fails
     */
    public static void main(String[] args) throws Exception {
        Path root = Path.of(System.getProperty("ingest.root", ".")).toAbsolutePath();
        Path directory = Path.of(System.getProperty("bench.dir", "target/bench"), "run-" + System.currentTimeMillis())
                .toAbsolutePath();
        Files.createDirectories(directory);
        Report report = new Report(directory.resolve("samples.jsonl"), System.out);
        for (String name : names()) {
            Scenario scenario = SCENARIOS.get(name);
            if (scenario == null) {
                throw new IllegalArgumentException("no scenario " + name + "; there are " + SCENARIOS.keySet());
            }
            // The output of its processes begins empty there: it tells which port each has found.
            Path own = Files.createDirectories(directory.resolve(name));
            try (Bench bench = new Bench(Settings.of(root, own), report)) {
                scenario.run(bench);
            }
            report.print();
            System.out.println(Profile.summary(own));
        }
        System.out.println("samples, logs and profiles: " + directory);
    }

    private static List<String> names() {
        String names = System.getProperty("bench", "all");
        return names.equals("all") ? List.copyOf(SCENARIOS.keySet()) : List.of(names.split(",", -1));
    }
}
