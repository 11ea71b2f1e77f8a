package com.connylabs.ingest.examples.quickstart;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The real program, started as a user starts it. */
record Program(Path jar, Redirect output) {

    /** Runs it in the directory, where it also leaves its queue, until everything is copied; returns its exit code. */
    int runOnce(Path directory, Path config) throws IOException, InterruptedException {
        if (!Files.isRegularFile(jar)) {
            throw new IOException("no " + jar + "; build it with: mvn -q -DskipTests package");
        }
        Process process = new ProcessBuilder(command(directory.relativize(config)))
                .directory(directory.toFile())
                .redirectOutput(output)
                .redirectErrorStream(true)
                .start();
        try {
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(Path config) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toAbsolutePath().toString(),
                "--mode=standalone",
                "--once",
                "--config=" + config,
                "--log-format=text",
                "--listen=127.0.0.1:0"); // any free port
    }
}
