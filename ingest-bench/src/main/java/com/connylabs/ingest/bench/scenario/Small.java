package com.connylabs.ingest.bench.scenario;

import com.connylabs.ingest.bench.Bench;
import com.connylabs.ingest.bench.Load;
import com.connylabs.ingest.bench.Scenario;

/** Many small objects: the cost of an object. */
public final class Small implements Scenario {
    static final int CONCURRENCY = 16;
    static final long SIZE = 4096;

    /** The JVM's compiler has done most of its work after some 100,000 objects, and takes more than the work until then. */
    private static final int WARM_UPS = 10;

    @Override
    public void run(Bench bench) throws Exception {
        Load load = new Load(bench.settings().count(10_000), SIZE, false);
        new Copying(bench, bench.route(1, CONCURRENCY))
                .warm("ingest, warm", 1)
                .bare()
                .rclone()
                .mc()
                .cold("ingest, started for it")
                .smallHeap()
                .warmUp(load, WARM_UPS)
                .run("small", load);
    }
}
