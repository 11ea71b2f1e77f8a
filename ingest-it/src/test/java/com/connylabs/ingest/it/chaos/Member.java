package com.connylabs.ingest.it.chaos;

import com.connylabs.ingest.it.Ingest;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One of the program's processes, in all its lives; each life has a log of its own. Used by one thread at a time. */
final class Member implements AutoCloseable {
    private static final Duration END = Duration.ofMinutes(3);

    private final String name;
    private final Ingest ingest;
    private final Path directory;
    private final List<String> arguments;
    private Optional<ManagedProcess> process = Optional.empty();
    private int lives;

    Member(String name, Ingest ingest, Path directory, List<String> arguments) {
        this.name = name;
        this.ingest = ingest;
        this.directory = directory;
        this.arguments = arguments;
    }

    /** Starts it unless it runs. */
    void start() throws IOException {
        if (process.isEmpty()) {
            lives++;
            process = Optional.of(ingest.start(directory.resolve(name + "-" + lives + ".log"), arguments));
        }
    }

    /** Kills it, stopped or not. */
    void kill() throws IOException, InterruptedException {
        if (process.isPresent()) {
            requireAlive();
            process.get().signal(Signal.KILL);
            process.get().exitCode(END);
            process.get().close();
            process = Optional.empty();
        }
    }

    void signal(Signal signal) throws IOException, InterruptedException {
        if (process.isPresent()) {
            process.get().signal(signal);
        }
    }

    /** Fails if it has ended without being told to. */
    void requireAlive() {
        if (process.isPresent() && !process.get().alive()) {
            throw new AssertionError(name + " has ended by itself; see " + name + "-" + lives + ".log:\n"
                    + tail(process.get().output()));
        }
    }

    /** Ends it as an operator does, if it runs. */
    void end() throws IOException, InterruptedException {
        if (process.isPresent()) {
            awaitWorking();
            signal(Signal.TERM);
            finish();
        }
    }

    /** Kills it, unless it has ended. */
    void discard() {
        close();
        process = Optional.empty();
    }

    /** Waits until it has got so far that SIGTERM ends it in order. */
    void awaitWorking() throws InterruptedException {
        if (process.isPresent()) {
            process.get().awaitOutput("connected to the queue", END);
        }
    }

    /** Waits for its end, which has to be one in order. */
    void finish() throws InterruptedException {
        int code = process.orElseThrow().exitCode(END);
        if (code != 0) {
            throw new AssertionError(name + " ended with " + code + "; see " + name + "-" + lives + ".log:\n"
                    + tail(process.get().output()));
        }
        close();
        process = Optional.empty();
    }

    private static String tail(String output) {
        return output.substring(Math.max(0, output.length() - 2000));
    }

    @Override
    public void close() {
        process.ifPresent(ManagedProcess::close);
    }
}
