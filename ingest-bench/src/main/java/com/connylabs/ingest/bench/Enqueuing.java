package com.connylabs.ingest.bench;

import com.connylabs.ingest.bench.peer.BarePublish;
import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.Commands;
import com.connylabs.ingest.testkit.ManagedProcess;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists and publishes, and nobody takes anything out of the queue. */
public final class Enqueuing implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Bench bench;
    private final Route route;
    private final int count;
    private final Connection connection;
    private final JetStreamManagement management;

    /** So many elements. */
    public Enqueuing(Bench bench, Route route, int count) throws IOException, InterruptedException {
        this.bench = bench;
        this.route = route;
        this.count = count;
        this.connection = Nats.connect(bench.queue());
        this.management = connection.jetStreamManagement();
    }

    /** An enqueuer that runs already: from its first request to the last message in the stream. */
    public Sample warm(String subject, Ingest ingest, ManagedProcess enqueuer) throws Exception {
        prepare(ingest);
        double before = Usage.cpu(enqueuer.pid());
        double queueBefore = bench.queueCpu();
        route.source().showOnce(ingest.stream());
        long end = awaitAll(ingest);
        double seconds = (end - route.source().listed(ingest.stream())) / 1e9;
        Map<String, Double> values = values(seconds, Usage.cpu(enqueuer.pid()) - before);
        values.put("nats-server CPU s", bench.queueCpu() - queueBefore);
        values.put("peak MiB", Usage.peakMemory(enqueuer.pid()));
        management.purgeStream(ingest.stream());
        return new Sample(subject, values);
    }

    /** An enqueuer that is started for it, and ends: all its time. */
    public Sample cold(String subject, Ingest ingest) throws Exception {
        prepare(ingest);
        route.source().showOnce(ingest.stream());
        double before = Usage.cpuOfEndedChildren();
        long begin = System.nanoTime();
        double peak;
        ManagedProcess enqueuer = ingest.start("enqueue", "--once");
        try (enqueuer;
                PeakMemory memory = PeakMemory.of(List.of(enqueuer))) {
            enqueuer.exitCode(LONGEST);
            peak = memory.mebibytes();
        }
        long end = System.nanoTime();
        awaitAll(ingest);
        Map<String, Double> values = values((end - begin) / 1e9, Usage.cpuOfEndedChildren() - before);
        values.put("peak MiB", peak);
        management.deleteStream(ingest.stream());
        return new Sample(subject, values);
    }

    /** A program that does nothing but publish, to a stream like that of ours. */
    public void bare(Report report, String scenario, Ingest like) throws IOException, InterruptedException {
        String[] command = Jvm.ours(BarePublish.class);
        List<String> all = new java.util.ArrayList<>(List.of(command));
        all.addAll(List.of(bench.queue(), like.stream(), Integer.toString(count)));
        for (String line :
                Commands.run(LONGEST, new ProcessBuilder(all)).lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words.length == 2 && words[0].matches("\\d+")) {
                String subject = words[0].equals("0") ? "bare jnats, one by one" : "bare jnats, window " + words[0];
                report.add(scenario, new Sample(subject, Map.of("messages/s", Double.valueOf(words[1]))));
            }
        }
    }

    private void prepare(Ingest ingest) {
        route.source().hide(ingest.stream());
        route.source().clear(ingest.stream());
        route.source().fill(ingest.stream(), "object-" + System.nanoTime(), count, 4096);
    }

    private long awaitAll(Ingest ingest) throws InterruptedException {
        Await.until(
                count + " messages in " + ingest.stream(),
                LONGEST,
                () -> management.getStreamInfo(ingest.stream()).getStreamState().getMsgCount() == count);
        return System.nanoTime();
    }

    private Map<String, Double> values(double seconds, double cpu) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("messages/s", count / seconds);
        values.put("s", seconds);
        values.put("CPU s", cpu);
        return values;
    }

    @Override
    public void close() throws InterruptedException {
        connection.close();
    }
}
