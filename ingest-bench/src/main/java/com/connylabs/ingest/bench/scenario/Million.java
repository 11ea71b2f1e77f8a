package com.connylabs.ingest.bench.scenario;

import com.connylabs.ingest.bench.Bench;
import com.connylabs.ingest.bench.Load;
import com.connylabs.ingest.bench.Scenario;

/** So many objects that whatever grows with their number shows: listed and queued by one process, worked off by another. */
public final class Million implements Scenario {
    @Override
    public void run(Bench bench) throws Exception {
        Load load = new Load(bench.settings().count(1_000_000), Small.SIZE, false);
        new Copying(bench, bench.route(1, Small.CONCURRENCY))
                .cold("ingest, started for it")
                .run("million", load, 1);
    }
}
