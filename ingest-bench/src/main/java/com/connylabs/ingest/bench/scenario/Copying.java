package com.connylabs.ingest.bench.scenario;

import com.connylabs.ingest.bench.Batch;
import com.connylabs.ingest.bench.Bench;
import com.connylabs.ingest.bench.ColdRun;
import com.connylabs.ingest.bench.Ingest;
import com.connylabs.ingest.bench.Load;
import com.connylabs.ingest.bench.Route;
import com.connylabs.ingest.bench.Sample;
import com.connylabs.ingest.testkit.ManagedProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Those who copy, each with its turn in every round: A B C A B C. */
final class Copying {
    private final Bench bench;
    private final Route route;
    private final List<ManagedProcess> started = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<Turn> warm = new ArrayList<>();
    private final List<Subject> small = new ArrayList<>();
    private Load warmUpLoad = new Load(1, 1, false);
    private int warmUps;

    /** One run of a subject. */
    private interface Turn {
        Sample run(Load load) throws IOException, InterruptedException;
    }

    /** One that is started when its turn comes. */
    private interface Subject {
        Turn start() throws IOException;
    }

    Copying(Bench bench, Route route) {
        this.bench = bench;
        this.route = route;
    }

    /** The program, an enqueuer and workers that run already. */
    Copying warm(String subject, int workers) throws IOException {
        addWarm(startWarm(subject, workers));
        return this;
    }

    /** The program with a small heap, once after all rounds: for its memory. */
    Copying smallHeap() {
        small.add(() -> startWarm("ingest -Xmx96m, warm", 1, "-Xmx96m"));
        return this;
    }

    private Turn startWarm(String subject, int workers, String... options) throws IOException {
        Ingest ingest = bench.ingest(options);
        Route own = route.in(ingest.stream());
        List<ManagedProcess> processes = bench.startWarm(ingest, own, workers);
        started.addAll(processes);
        return load -> new Batch(own, load).run(subject, processes);
    }

    /** The program, an enqueuer and a worker that are started for it. */
    Copying cold(String subject) {
        turns.add(load -> {
            Ingest ingest = bench.ingest();
            Route own = route.in(ingest.stream());
            ingest.configure(own, "1h");
            return new ColdRun(own, load).run(subject, () -> List.of(ingest.start("enqueue"), ingest.start("dequeue")));
        });
        return this;
    }

    /** The SDK alone, in a process that runs already. */
    Copying bare() throws IOException {
        Route own = route.in("bare" + System.nanoTime());
        ManagedProcess process = bench.startBare(own);
        started.add(process);
        addWarm(load -> new Batch(own, load).run("bare SDK loop, warm", List.of(process)));
        return this;
    }

    private void addWarm(Turn turn) {
        turns.add(turn);
        warm.add(turn);
    }

    /** rclone, which is started for it. */
    Copying rclone() {
        bench.rclone().ifPresent(rclone -> {
            Route own = route.in("rclone");
            turns.add(load -> new ColdRun(own, load).run("rclone", () -> List.of(rclone.copy(own))));
        });
        return this;
    }

    /** MinIO's client, which is started for it. */
    Copying mc() throws InterruptedException {
        bench.mc().ifPresent(mc -> {
            Route own = route.in("minio-client");
            turns.add(load -> new ColdRun(own, load).run("mc", () -> List.of(mc.copy(own))));
        });
        return this;
    }

    /** Lets those who run already copy a load some times, unseen; those with a small heap will, too. */
    Copying warmUp(Load load, int times) throws IOException, InterruptedException {
        warmUpLoad = load;
        warmUps = times;
        for (Turn turn : warm) {
            warmUp(turn);
        }
        return this;
    }

    private void warmUp(Turn turn) throws IOException, InterruptedException {
        for (int i = 0; i < warmUps; i++) {
            turn.run(warmUpLoad);
        }
    }

    /** Runs all in turn, and ends them. */
    void run(String scenario, Load load) throws IOException, InterruptedException {
        run(scenario, load, bench.settings().rounds());
    }

    /** The same, so many times. */
    void run(String scenario, Load load, int rounds) throws IOException, InterruptedException {
        try {
            for (int round = 0; round < rounds; round++) {
                for (Turn turn : turns) {
                    bench.report().add(scenario, turn.run(load));
                }
            }
            for (Subject subject : small) {
                Turn turn = subject.start();
                warmUp(turn);
                bench.report().add(scenario, turn.run(load));
            }
        } finally {
            bench.stop(started.stream());
        }
    }
}
