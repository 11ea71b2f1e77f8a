package com.connylabs.ingest.cli;

import com.connylabs.ingest.testkit.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as users start it: {@code java -jar ingest.jar}, in a directory of its own. */
public final class IngestProgram {
    private static final long TIMEOUT_SECONDS = 60;

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /** What a run left. */
    public record Result(int code, String out, String err) {}

    /** A program that will be started in a directory. */
    public IngestProgram(Path directory) {
        this.directory = directory;
    }

    /** Sets an environment variable. */
    public IngestProgram with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs it to its end. */
    public Result run(String... args) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Process process = builder(args)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still runs after " + TIMEOUT_SECONDS + " s: " + List.of(args) + "\n"
                    + Files.readString(out) + Files.readString(err));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Starts it; the caller closes it. */
    public ManagedProcess start(String... args) throws IOException {
        return ManagedProcess.start(Files.createTempFile(directory, "output", ".txt"), builder(args));
    }

    /** Starts it with a pipe for its standard error, which nobody reads; the caller ends it. */
    public Process startUnread(String... args) throws IOException {
        return builder(args).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private ProcessBuilder builder(String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-Duser.home=" + directory));
        command.add("-jar");
        command.add(Path.of(System.getProperty("ingest.root"), "ingest-cli", "target", "ingest.jar")
                .toString());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().remove("INGEST_QUEUE_ENDPOINT");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return builder;
    }
}
