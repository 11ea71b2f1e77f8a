package com.connylabs.ingest.bench.scenario;

import com.connylabs.ingest.bench.Bench;
import com.connylabs.ingest.bench.Enqueuing;
import com.connylabs.ingest.bench.Ingest;
import com.connylabs.ingest.bench.Report;
import com.connylabs.ingest.bench.Route;
import com.connylabs.ingest.bench.Sample;
import com.connylabs.ingest.bench.Scenario;
import com.connylabs.ingest.testkit.ManagedProcess;
import java.util.stream.Stream;

/** From the listing into the queue. */
public final class Enqueue implements Scenario {
    private static final String NAME = "enqueue";
    private static final int WARM_UPS = 5;

    @Override
    public void run(Bench bench) throws Exception {
        Report report = bench.report();
        Route route = bench.route(1, Small.CONCURRENCY);
        Ingest warm = bench.ingest();
        ManagedProcess enqueuer =
                bench.startWarm(warm, route.in(warm.stream()), 0).get(0);
        try (Enqueuing enqueuing = new Enqueuing(bench, route, bench.settings().count(100_000))) {
            for (int i = 0; i < WARM_UPS; i++) {
                enqueuing.warm("warm-up", warm, enqueuer);
            }
            for (int round = 0; round < bench.settings().rounds(); round++) {
                report.add(NAME, enqueuing.warm("ingest, warm", warm, enqueuer));
                enqueuing.bare(report, NAME, warm);
                report.add(NAME, once(bench, route, enqueuing));
            }
            bench.stop(Stream.of(enqueuer));
        }
    }

    private static Sample once(Bench bench, Route route, Enqueuing enqueuing) throws Exception {
        Ingest ingest = bench.ingest();
        ingest.configure(route.in(ingest.stream()), "1h");
        return enqueuing.cold("ingest --once, started for it", ingest);
    }
}
