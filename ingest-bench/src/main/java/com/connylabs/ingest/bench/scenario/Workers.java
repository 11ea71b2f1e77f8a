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
        route.source().latency(LATENCY_MILLIS);
        route.destinations().get(0).latency(LATENCY_MILLIS);
        Load load = new Load(bench.settings().count(800), Small.SIZE, false);
        new Copying(bench, route)
                .warm("1 worker", 1)
                .warm("2 workers", 2)
                .warm("4 workers", 4)
                .run("workers", load, load);
    }
}
