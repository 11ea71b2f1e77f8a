package com.connylabs.ingest.it;

import com.connylabs.ingest.testkit.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The program, started the way users start it. */
public final class Ingest {
    private static final Path JAR = Path.of(System.getProperty("ingest.root"), "ingest-cli", "target", "ingest.jar");

    private final Path directory;
    private final List<String> jvm;

    public Ingest(Path directory, String... jvm) {
        this.directory = directory;
        this.jvm = List.of(jvm);
    }

    /** How a run ended. */
    record End(int code, String output) {
        /** A column of the workflow's row in the summary. */
        String summary(String column) {
            List<String> lines = output.lines().toList();
            for (int i = 0; i + 1 < lines.size(); i++) {
                if (lines.get(i).startsWith("workflow ")) {
                    List<String> columns = cells(lines.get(i));
                    return cells(lines.get(i + 1)).get(columns.indexOf(column));
                }
            }
            throw new AssertionError("no summary in\n" + output);
        }

        private static List<String> cells(String line) {
            return List.of(line.strip().split(" {2,}"));
        }
    }

    /** Starts it in the directory; what it prints goes to a file there. */
    ManagedProcess start(String... arguments) throws IOException {
        return start(directory.resolve("ingest-" + UUID.randomUUID() + ".log"), List.of(arguments));
    }

    /** Starts it in the directory; what it prints is added to a file. */
    public ManagedProcess start(Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-jar");
        command.add(JAR.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        return ManagedProcess.start(log, builder);
    }

    /** Runs it to its end. */
    End run(String... arguments) throws IOException, InterruptedException {
        try (ManagedProcess process = start(arguments)) {
            int code = process.exitCode(Duration.ofMinutes(5));
            return new End(code, process.output());
        }
    }

    /** Writes a configuration file into the directory. */
    public Path config(String yaml) throws IOException {
        return Files.writeString(directory.resolve("config.yaml"), yaml);
    }
}
