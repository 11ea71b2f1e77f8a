package com.connylabs.ingest.it.chaos;

import com.connylabs.ingest.it.Ingest;
import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program's processes: one enqueuer and some workers. Used by one thread at a time. */
final class Fleet implements AutoCloseable {
    static final int WORKERS = 3;

    /** C1 alone: these processes are killed before a second compiler would pay. */
    private static final String[] JVM = {"-Xmx320m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

    private final Member enqueuer;
    private final Member lister;
    private final List<Member> workers = new ArrayList<>();

    Fleet(Path directory, String config, List<String> queueFlags) throws IOException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Ingest ingest = new Ingest(
                directory,
                Stream.concat(Stream.of(JVM), Stream.of("-Djava.io.tmpdir=" + temporary))
                        .toArray(String[]::new));
        ingest.config(config);
        enqueuer = new Member("enqueuer", ingest, directory, arguments("enqueue", queueFlags));
        lister = new Member("lister", ingest, directory, arguments("enqueue", queueFlags, "--once"));
        for (int i = 1; i <= WORKERS; i++) {
            workers.add(new Member("worker" + i, ingest, directory, arguments("dequeue", queueFlags)));
        }
    }

    private static List<String> arguments(String mode, List<String> queueFlags, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--mode=" + mode, "--config=config.yaml", "--listen=127.0.0.1:0", "--log-format=text"));
        arguments.addAll(queueFlags);
        arguments.addAll(List.of(more));
        return arguments;
    }

    Member enqueuer() {
        return enqueuer;
    }

    Member lister() {
        return lister;
    }

    Member worker(int index) {
        return workers.get(index);
    }

    List<Member> workers() {
        return workers;
    }

    private List<Member> all() {
        return Stream.concat(Stream.of(enqueuer), workers.stream()).toList();
    }

    /** All workers run: the killed are started, the stopped go on. */
    void muster() throws IOException, InterruptedException {
        muster(workers);
    }

    /** Everybody runs. */
    void musterAll() throws IOException, InterruptedException {
        muster(all());
    }

    private static void muster(List<Member> members) throws IOException, InterruptedException {
        for (Member member : members) {
            member.signal(Signal.CONT);
            member.requireAlive();
            member.start();
        }
    }

    /** Ends whoever lists, and lists everything once. */
    void list() throws IOException, InterruptedException {
        lister.discard();
        enqueuer.end();
        lister.start();
        lister.finish();
    }

    /** Ends the workers as an operator does. */
    void end() throws IOException, InterruptedException {
        for (Member worker : workers) {
            worker.awaitWorking();
            worker.signal(Signal.TERM);
        }
        for (Member worker : workers) {
            worker.finish();
        }
    }

    @Override
    public void close() {
        all().forEach(Member::close);
        lister.close();
    }
}
