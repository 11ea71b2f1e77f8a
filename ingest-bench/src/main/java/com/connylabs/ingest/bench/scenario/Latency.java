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
        at(bench, 20, bench.settings().count(1_600));
        at(bench, 100, bench.settings().count(400));
    }

    private static void at(Bench bench, int millis, int count) throws Exception {
        Route route = bench.route(1, Small.CONCURRENCY);
        route.source().latency(millis);
        route.destinations().get(0).latency(millis);
        Load load = new Load(count, Small.SIZE, false);
        new Copying(bench, route).warm("ingest, warm", 1).rclone().run("latency " + millis + " ms", load, load);
        bench.report()
                .say("bound by latency at " + REQUESTS + " requests an object: "
                        + Small.CONCURRENCY * 1000 / (REQUESTS * millis) + " objects/s");
    }
}
