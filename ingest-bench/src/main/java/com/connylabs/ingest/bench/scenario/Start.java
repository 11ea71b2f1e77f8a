package com.connylabs.ingest.bench.scenario;

import com.connylabs.ingest.bench.Bench;
import com.connylabs.ingest.bench.Cold;
import com.connylabs.ingest.bench.Load;
import com.connylabs.ingest.bench.Scenario;

/** From nothing to the help text, and to the first object that is copied. */
public final class Start implements Scenario {
    @Override
    public void run(Bench bench) throws Exception {
        Load one = new Load(1, Small.SIZE, false);
        for (int round = 0; round < bench.settings().rounds(); round++) {
            bench.report().add("start", Cold.help(bench.ingest()));
        }
        new Copying(bench, bench.route(1, Small.CONCURRENCY))
                .cold("first object copied")
                .rclone()
                .run("start", one);
    }
}
