package com.connylabs.ingest.bench.scenario;

import com.connylabs.ingest.bench.Bench;
import com.connylabs.ingest.bench.Idle;
import com.connylabs.ingest.bench.Ingest;
import com.connylabs.ingest.bench.Route;
import com.connylabs.ingest.bench.Scenario;
import com.connylabs.ingest.testkit.ManagedProcess;
import java.util.List;

/** Nothing to do: what a listing costs when all is copied, and then with one object that changed. */
public final class Unchanged implements Scenario {
    private static final long CHANGED = 5000;

    @Override
    public void run(Bench bench) throws Exception {
        for (int round = 0; round < bench.settings().rounds(); round++) {
            round(bench);
        }
    }

    /** With processes of its own, because what a listing costs depends on how many there were before. */
    private static void round(Bench bench) throws Exception {
        int count = bench.settings().count(100_000);
        Ingest ingest = bench.ingest();
        Route route = bench.route(1, Small.CONCURRENCY).in(ingest.stream());
        List<ManagedProcess> processes = bench.startWarm(ingest, route, 1);
        Idle idle = new Idle(bench, route, ingest, processes);
        try {
            route.source().fill(route.bucket(), "object", count, Small.SIZE);
            route.destinations().get(0).fillCopies(route.bucket(), "object", count, Small.SIZE);
            idle.listing("first listing");
            for (String which : List.of("second listing", "third listing", "fourth listing")) {
                bench.report().add("unchanged", idle.listing(which));
            }
            route.source().change(route.bucket(), CHANGED);
            bench.report().add("unchanged", idle.listing("listing with one changed"));
            idle.requireChanged(CHANGED);
        } finally {
            bench.stop(processes.stream());
        }
    }
}
