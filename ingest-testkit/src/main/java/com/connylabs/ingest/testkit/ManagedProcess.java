package com.connylabs.ingest.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A child process whose output goes to a file. Its end, and its children's, comes with {@link #close} or with this JVM's
 * orderly exit, whichever is first. Safe to use from many threads.
 */
public final class ManagedProcess implements AutoCloseable {
    private static final Duration DEATH = Duration.ofSeconds(10);

    /** What a shell starts in the background ignores SIGINT, its children too: then nobody could send it to them. */
    private static final String[] RESET = {"env", "--default-signal=HUP,INT,QUIT"};

    private static final boolean RESETS_SIGNALS = resetsSignals();

    private final List<String> command;
    private final Process process;
    private final Path output;
    private final Thread atExit = new Thread(this::killAll, "kill-child");

    private ManagedProcess(List<String> command, Process process, Path output) {
        this.command = command;
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a process.
     *
     * @param output receives what it prints, after what is there
     * @param command the program and its arguments
     * @return the running process
     * @throws IOException if it cannot be started
     */
    public static ManagedProcess start(Path output, String... command) throws IOException {
        return start(output, new ProcessBuilder(command));
    }

    /**
     * Starts a process.
     *
     * @param output receives what it prints, after what is there
     * @param builder command, directory and environment
     * @return the running process
     * @throws IOException if it cannot be started
     */
    public static ManagedProcess start(Path output, ProcessBuilder builder) throws IOException {
        List<String> command = List.copyOf(builder.command());
        if (RESETS_SIGNALS) {
            builder.command(Stream.concat(Stream.of(RESET), command.stream()).toList());
        }
        Process process = builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        var managed = new ManagedProcess(command, process, output);
        Runtime.getRuntime().addShutdownHook(managed.atExit);
        return managed;
    }

    private static boolean resetsSignals() {
        try {
            return new ProcessBuilder(RESET[0], RESET[1], "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such program: signals are what we inherited
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Its process id.
     *
     * @return the id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Whether it still runs.
     *
     * @return false after its end
     */
    public boolean alive() {
        return process.isAlive();
    }

    /**
     * What it has printed so far, standard error included.
     *
     * @return the whole output file
     */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until it has printed something.
     *
     * @param text what to look for
     * @param timeout the longest wait
     * @throws AssertionError if it was not printed in time, or the process has ended without printing it
     * @throws InterruptedException if the thread was interrupted
     */
    public void awaitOutput(String text, Duration timeout) throws InterruptedException {
        Await.until("output \"" + text + "\" of " + this, timeout, () -> {
            boolean ended = !alive();
            boolean found = output().contains(text);
            if (ended && !found) {
                throw new AssertionError(this + " has ended without printing \"" + text + "\":\n" + output());
            }
            return found;
        });
    }

    /**
     * Sends a signal. Does nothing when the process has ended.
     *
     * @param signal which
     * @throws IOException if the signal cannot be sent
     * @throws InterruptedException if the thread was interrupted
     */
    public void signal(Signal signal) throws IOException, InterruptedException {
        if (!alive()) {
            return;
        }
        // The shell's own kill: the program of that name is missing in small images.
        int code = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid())
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0 && alive()) {
            throw new IOException("kill -" + signal + " of " + this + " exited with " + code);
        }
    }

    /**
     * Waits for its end.
     *
     * @param timeout the longest wait
     * @return its exit code
     * @throws AssertionError if it still runs then
     * @throws InterruptedException if the thread was interrupted
     */
    public int exitCode(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError(this + " still runs after " + timeout + ":\n" + output());
        }
        return process.exitValue();
    }

    /** Kills it and its children, and waits for its end. Safe to call twice. */
    @Override
    public void close() {
        killAll();
        try {
            exitCode(DEATH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is exiting, and the hook does what was done here.
            return;
        }
    }

    private void killAll() {
        try (Stream<ProcessHandle> children = process.descendants()) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return Path.of(command.get(0)).getFileName() + " (process " + pid() + ")";
    }

    /** What can be sent. */
    public enum Signal {
        /** Asks it to end. */
        TERM,
        /** As from a terminal's Ctrl-C. */
        INT,
        /** Ends it, unasked. */
        KILL,
        /** Holds it. */
        STOP,
        /** Lets it go on. */
        CONT
    }
}
