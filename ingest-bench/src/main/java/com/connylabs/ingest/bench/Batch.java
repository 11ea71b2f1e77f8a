package com.connylabs.ingest.bench;

import com.connylabs.ingest.testkit.ManagedProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A load that is copied by processes which run already and list every second: the source shows it to one listing, so
 * that each object is found once. Time counts from that listing's first request to the last object stored; CPU is that
 * of the processes until shortly after.
 */
public final class Batch {
    /** For acknowledgements and log lines of the last objects. */
    private static final long SETTLE_MILLIS = 300;

    private final Route route;
    private final Load load;

    /** A load on its route. */
    public Batch(Route route, Load load) {
        this.route = route;
        this.load = load;
    }

    /** Copies it, and measures. */
    public Sample run(String subject, List<ManagedProcess> processes) throws InterruptedException {
        clear(route);
        load.fill(route, "object-" + System.nanoTime());
        List<Long> pids = processes.stream().map(ManagedProcess::pid).toList();
        double before = Usage.cpu(pids);
        double machineryBefore = Usage.cpuOfMachinery(pids);
        double stubsBefore = stubs();
        route.source().showOnce(route.bucket());
        long end = 0;
        for (Stub destination : route.destinations()) {
            end = Math.max(end, destination.awaitStored(route.bucket(), load.count(), processes));
        }
        double stubCpu = stubs() - stubsBefore;
        Thread.sleep(SETTLE_MILLIS);
        double cpu = Usage.cpu(pids) - before;
        double seconds = (end - route.source().listed(route.bucket())) / 1e9;
        route.destinations().forEach(stub -> stub.verify(route.bucket(), load.count(), load.size()));
        Map<String, Double> values = values(route, load, seconds, cpu);
        values.put("CPU s", cpu);
        values.put("of it JIT and GC", Usage.cpuOfMachinery(pids) - machineryBefore);
        values.put(
                "peak MiB", pids.stream().mapToDouble(Usage::peakMemory).max().orElse(0));
        values.put("stubs' CPU s", stubCpu);
        return new Sample(subject, values);
    }

    /** Empties the buckets, and hides what comes next. */
    static void clear(Route route) {
        route.source().hide(route.bucket());
        route.source().clear(route.bucket());
        route.destinations().forEach(stub -> stub.clear(route.bucket()));
    }

    /** What every copy is judged by. */
    static Map<String, Double> values(Route route, Load load, double seconds, double cpu) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("s", seconds);
        values.put("objects/s", load.count() / seconds);
        values.put("MiB/s", load.mebibytes() / seconds);
        values.put("CPU s/1000", cpu / load.count() * 1000);
        values.put("CPU s/GiB", cpu / load.mebibytes() * 1024);
        Map<String, Long> source = route.source().counts(route.bucket());
        values.put("reads/object", per(load, source, "GetObject") + per(load, source, "HeadObject"));
        values.put("source MiB", source.getOrDefault("bytes-out", 0L) / 1048576.0);
        Map<String, Long> destination = route.destinations().get(0).counts(route.bucket());
        double writes = destination.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().startsWith("bytes") && !entry.getKey().startsWith("List"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        values.put("requests/object at destination", writes / load.count());
        return values;
    }

    private static double per(Load load, Map<String, Long> counts, String operation) {
        return counts.getOrDefault(operation, 0L) / (double) load.count();
    }

    private double stubs() {
        double cpu = Usage.cpu(route.source().process().pid());
        return cpu
                + route.destinations().stream()
                        .mapToDouble(stub -> Usage.cpu(stub.process().pid()))
                        .sum();
    }
}
