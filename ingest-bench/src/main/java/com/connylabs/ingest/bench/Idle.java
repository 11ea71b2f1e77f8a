package com.connylabs.ingest.bench;

import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One listing of a source whose objects are copied already, until the queue is empty again. */
public final class Idle {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** CPU seconds that two processes which have nothing to do may take in a second. */
    private static final double LITTLE = 0.05;

    private final Bench bench;
    private final Route route;
    private final Ingest ingest;
    private final List<ManagedProcess> processes;

    /** Of processes that list every second. */
    public Idle(Bench bench, Route route, Ingest ingest, List<ManagedProcess> processes) {
        this.bench = bench;
        this.route = route;
        this.ingest = ingest;
        this.processes = processes;
    }

    /** Lets them list once, and measures. */
    public Sample listing(String subject) throws Exception {
        Stub source = route.source();
        Stub destination = route.destinations().get(0);
        List<Long> pids = processes.stream().map(ManagedProcess::pid).toList();
        rest(pids);
        source.reset(route.bucket());
        destination.reset(route.bucket());
        try (Connection connection = Nats.connect(bench.queue())) {
            long published = stream(connection).getStreamState().getLastSequence();
            double before = Usage.cpu(pids);
            source.showOnce(route.bucket());
            Await.until("the source is listed", LONGEST, () -> source.listed(route.bucket()) != 0);
            long ended = endedListings();
            Await.until("the listing has ended", LONGEST, () -> endedListings() > ended);
            Await.until(
                    "the queue is empty",
                    LONGEST,
                    () -> stream(connection).getStreamState().getMsgCount() == 0);
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("requests", (double) (requests(source) + requests(destination)));
            values.put("CPU s", Usage.cpu(pids) - before);
            values.put("messages", (double) (stream(connection).getStreamState().getLastSequence() - published));
            values.put(
                    "peak MiB",
                    pids.stream().mapToDouble(Usage::peakMemory).max().orElse(0));
            return new Sample(subject, values);
        }
    }

    /** Lets the JVM's compiler end what it still has from the listing before: users' intervals are long enough for that. */
    private static void rest(List<Long> pids) throws InterruptedException {
        Await.until("the processes rest", LONGEST, () -> {
            double before = Usage.cpu(pids);
            Thread.sleep(SECOND.toMillis());
            return Usage.cpu(pids) - before < LITTLE;
        });
    }

    /** Fails unless the object that was changed has been copied. */
    public void requireChanged(long bytes) {
        long copied = route.destinations().get(0).counts(route.bucket()).getOrDefault("bytes-in", 0L);
        if (copied != bytes) {
            throw new IllegalStateException("the changed object was not copied: " + copied + " bytes were stored");
        }
    }

    private StreamInfo stream(Connection connection) throws Exception {
        return connection.jetStreamManagement().getStreamInfo(ingest.stream());
    }

    private long endedListings() {
        return processes
                .get(0)
                .output()
                .lines()
                .filter(line -> line.contains("source listed"))
                .count();
    }

    private long requests(Stub stub) {
        return stub.counts(route.bucket()).entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("bytes"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
