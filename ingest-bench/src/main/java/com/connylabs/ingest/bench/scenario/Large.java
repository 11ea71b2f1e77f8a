package com.connylabs.ingest.bench.scenario;

import com.connylabs.ingest.bench.Bench;
import com.connylabs.ingest.bench.Load;
import com.connylabs.ingest.bench.Scenario;

/** Large objects: the cost of a byte, to one destination and to three. */
public final class Large implements Scenario {
    private static final long MIB = 1 << 20;
    private static final int CONCURRENCY = 8;
    private static final int WARM_UPS = 5;

    @Override
    public void run(Bench bench) throws Exception {
        Load warmUp = new Load(4, 64 * MIB, false);
        Load twenty = new Load(bench.settings().count(20), 64 * MIB, false);
        all(bench, 1).warmUp(warmUp, WARM_UPS).run("large: 20 x 64 MiB", twenty);
        Load one = new Load(1, Math.round(4096 * bench.settings().scale()) * MIB, true);
        all(bench, 1).warmUp(warmUp, WARM_UPS).run("large: 1 x 4 GiB", one);
        three(bench).warmUp(warmUp, WARM_UPS).run("large: 20 x 64 MiB to three destinations", twenty);
    }

    private static Copying all(Bench bench, int destinations) throws Exception {
        return new Copying(bench, bench.route(destinations, CONCURRENCY))
                .warm("ingest, warm", 1)
                .bare()
                .rclone()
                .mc()
                .smallHeap();
    }

    private static Copying three(Bench bench) throws Exception {
        return new Copying(bench, bench.route(3, CONCURRENCY))
                .warm("ingest, warm", 1)
                .bare()
                .smallHeap();
    }
}
