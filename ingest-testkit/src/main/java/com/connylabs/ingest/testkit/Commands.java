package com.connylabs.ingest.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs of the machine that the tests run to their end. */
public final class Commands {
    private Commands() {}

    /**
     * Looks for a program on the PATH.
     *
     * @param name of the program
     * @return where it is, if it is there
     */
    public static Optional<Path> onPath(String name) {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(Pattern.quote(File.pathSeparator)))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs a program to its end.
     *
     * @param timeout the longest time that it may take
     * @param builder command, directory and environment
     * @return what it printed, standard error included
     * @throws IOException if it cannot be started, exits with anything but 0, or takes too long; has its output
     * @throws InterruptedException if the thread was interrupted
     */
    public static String run(Duration timeout, ProcessBuilder builder) throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".log");
        try (ManagedProcess process = ManagedProcess.start(output, builder)) {
            int code = process.exitCode(timeout);
            if (code != 0) {
                throw new IOException(
                        String.join(" ", builder.command()) + " exited with " + code + ": " + process.output());
            }
            return process.output();
        } catch (AssertionError e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            Files.delete(output);
        }
    }
}
