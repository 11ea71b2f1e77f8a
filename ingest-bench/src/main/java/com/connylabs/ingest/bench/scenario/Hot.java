package com.connylabs.ingest.bench.scenario;

import com.connylabs.ingest.bench.Bench;
import com.connylabs.ingest.bench.Sample;
import com.connylabs.ingest.bench.Scenario;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Methods that profiles have named, each alone in JVMs of its own. */
public final class Hot implements Scenario {
    private static final String BENCHMARKS = "com.connylabs.ingest.+Benchmark";
    private static final TimeValue ITERATION = TimeValue.seconds(1);
    private static final int ITERATIONS = 3;

    @Override
    public void run(Bench bench) throws Exception {
        OptionsBuilder options = new OptionsBuilder();
        options.include(BENCHMARKS)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(bench.settings().rounds())
                .warmupIterations(ITERATIONS)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .verbosity(VerboseMode.SILENT);
        for (RunResult result : new Runner(options.build()).run()) {
            String method = result.getParams().getBenchmark();
            Map<String, Double> values =
                    Map.of("µs", result.getPrimaryResult().getStatistics().getPercentile(50));
            bench.report().add("hot", new Sample(method.substring(BENCHMARKS.indexOf(".+") + 1), values));
        }
    }
}
