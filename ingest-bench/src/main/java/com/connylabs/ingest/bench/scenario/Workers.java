package com.connylabs.ingest.bench.scenario;

import com.connylabs.ingest.bench.Bench;
import com.connylabs.ingest.bench.Load;
import com.connylabs.ingest.bench.Route;
import com.connylabs.ingest.bench.Scenario;

/** More workers at the same endpoints, which answer after 50 ms. */
public final class Workers implements Scenario {
    private static final int LATENCY_MILLIS = 50;
    private static final int CONCURRENCY = 8;

    @Override
    public void run(Bench bench) throws Exception {
        Route route = bench.route(1, CONCURRENCY);
        Load load = new Load(bench.settings().count(1_600), Small.SIZE, false);
        Copying copying = new Copying(bench, route)
                .warm("1 worker", 1)
                .warm("2 workers", 2)
                .warm("4 workers", 4)
                .warmUp(new Load(bench.settings().count(20_000), Small.SIZE, false), 2);
        route.latency(LATENCY_MILLIS);
        copying.run("workers", load);
    }
}
