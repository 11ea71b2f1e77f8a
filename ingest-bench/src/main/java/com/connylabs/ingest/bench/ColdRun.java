package com.connylabs.ingest.bench;

import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A load that is copied by processes which are started for it. Time counts from their start to the last object stored;
 * CPU is all that they used until they had ended.
 */
public final class ColdRun {
    private static final Duration END = Duration.ofMinutes(1);

    private final Route route;
    private final Load load;

    /** A load on its route. */
    public ColdRun(Route route, Load load) {
        this.route = route;
        this.load = load;
    }

    /** Starts processes. */
    public interface Start {
        /** All at once. */
        List<ManagedProcess> all() throws IOException;
    }

    /** Copies the load, and measures. */
    public Sample run(String subject, Start start) throws IOException, InterruptedException {
        Batch.clear(route);
        load.fill(route, "object-" + System.nanoTime());
        route.source().showOnce(route.bucket());
        double before = Usage.cpuOfEndedChildren();
        long begin = System.nanoTime();
        List<ManagedProcess> processes = start.all();
        long end = 0;
        double peak;
        try (PeakMemory memory = PeakMemory.of(processes)) {
            for (Stub destination : route.destinations()) {
                end = Math.max(end, destination.awaitStored(route.bucket(), load.count(), processes));
            }
            peak = memory.mebibytes();
            for (ManagedProcess process : processes) {
                process.signal(Signal.TERM);
                process.exitCode(END);
            }
        } finally {
            processes.forEach(ManagedProcess::close);
        }
        double cpu = Usage.cpuOfEndedChildren() - before;
        route.destinations().forEach(stub -> stub.verify(route.bucket(), load.count(), load.size()));
        Map<String, Double> values = Batch.values(route, load, (end - begin) / 1e9, cpu);
        values.put("CPU s", cpu);
        values.put("peak MiB", peak);
        return new Sample(subject, values);
    }
}
