package com.connylabs.ingest.bench;

import com.connylabs.ingest.bench.peer.BareCopy;
import com.connylabs.ingest.bench.peer.Mc;
import com.connylabs.ingest.bench.peer.Rclone;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.nats.NatsServer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a scenario works with: servers that are started when they are first needed, and ways to start those who copy. */
public final class Bench implements AutoCloseable {
    private final Settings settings;
    private final Report report;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Stub> stubs = new ArrayList<>();
    private final NatsServer nats;
    private final Optional<Rclone> rclone;
    private int streams;

    Bench(Settings settings, Report report) throws IOException, InterruptedException {
        this.settings = settings;
        this.report = report;
        this.nats = NatsServer.start(settings.directory().resolve("nats"));
        open.push(nats);
        this.rclone = Rclone.find(settings.directory());
    }

    /** How to measure. */
    public Settings settings() {
        return settings;
    }

    /** Where samples go. */
    public Report report() {
        return report;
    }

    /** The queue's server. */
    public String queue() {
        return nats.url();
    }

    /** CPU seconds that the queue's server has used so far. */
    public double queueCpu() {
        return Usage.cpu(nats.process().pid());
    }

    /** rclone, where it can be had. */
    public Optional<Rclone> rclone() {
        return rclone;
    }

    /** From one endpoint to so many others. */
    public Route route(int destinations, int concurrency) throws IOException, InterruptedException {
        while (stubs.size() <= destinations) {
            Stub stub = Stub.start(settings.directory(), stubs.isEmpty() ? "source" : "destination" + stubs.size());
            open.push(stub);
            stubs.add(stub);
        }
        return new Route(stubs.get(0), List.copyOf(stubs.subList(1, destinations + 1)), "none", concurrency);
    }

    /** MinIO's client, where it can be had: the first call may build it. */
    public Optional<Mc> mc() throws InterruptedException {
        return Mc.find(settings.directory());
    }

    /** The program with a stream that nobody else uses. */
    public Ingest ingest(String... options) {
        return new Ingest(settings, "bench" + streams++, queue(), List.of(options));
    }

    /** Starts an enqueuer that lists every second, and workers, and waits until they do. */
    public List<ManagedProcess> startWarm(Ingest ingest, Route route, int workers) throws IOException {
        route.source().hide(route.bucket());
        ingest.configure(route, "1s");
        List<ManagedProcess> processes = new ArrayList<>(List.of(keep(ingest.start("enqueue"))));
        for (int i = 0; i < workers; i++) {
            processes.add(keep(ingest.start("dequeue")));
        }
        return processes;
    }

    /** Starts the bare loop. */
    public ManagedProcess startBare(Route route) throws IOException {
        route.source().hide(route.bucket());
        List<String> command = new ArrayList<>(List.of(Jvm.ours(BareCopy.class)));
        command.addAll(List.of(route.source().endpoint(), route.bucket(), Integer.toString(route.concurrency())));
        route.destinations().forEach(stub -> command.add(stub.endpoint()));
        return keep(ManagedProcess.start(
                settings.directory().resolve("bare-" + route.bucket() + ".log"), command.toArray(String[]::new)));
    }

    /** Ends processes in order. */
    public void stop(Stream<ManagedProcess> processes) throws IOException, InterruptedException {
        for (ManagedProcess process : processes.toList()) {
            process.signal(ManagedProcess.Signal.TERM);
            process.exitCode(java.time.Duration.ofSeconds(60));
            process.close();
        }
    }

    private ManagedProcess keep(ManagedProcess process) {
        open.push(process);
        return process;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }
}
