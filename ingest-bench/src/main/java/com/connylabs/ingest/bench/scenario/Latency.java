package com.connylabs.ingest.bench.scenario;

import com.connylabs.ingest.bench.Bench;
import com.connylabs.ingest.bench.Load;
import com.connylabs.ingest.bench.Route;
import com.connylabs.ingest.bench.Scenario;

/** Small objects between endpoints that are far away: each request waits. Concurrency decides, not CPU. */
public final class Latency implements Scenario {
    private static final int REQUESTS = 3;

    @Override
    public void run(Bench bench) throws Exception {
        at(bench, 20, bench.settings().count(3_200));
        at(bench, 100, bench.settings().count(800));
    }

    private static void at(Bench bench, int millis, int count) throws Exception {
        Route route = bench.route(1, Small.CONCURRENCY);
        route.latency(0);
        Copying copying = new Copying(bench, route)
                .warm("ingest, warm", 1)
                .rclone()
                .warmUp(new Load(bench.settings().count(10_000), Small.SIZE, false), 2);
        route.latency(millis);
        copying.run("latency " + millis + " ms", new Load(count, Small.SIZE, false));
        bench.report()
                .say("bound by latency at " + REQUESTS + " requests an object: "
                        + Small.CONCURRENCY * 1000 / (REQUESTS * millis) + " objects/s");
    }
}
