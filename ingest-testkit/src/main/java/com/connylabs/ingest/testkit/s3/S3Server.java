package com.connylabs.ingest.testkit.s3;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real S3 server of somebody else's making: S3Proxy in a process of its own, on 127.0.0.1 and a free port. It checks
 * signatures and keeps its objects below a directory, so that a killed server can be started again with what it had.
 *
 * <p>It takes neither keys with {@code //}, a leading {@code /} or {@code ../}, nor a key {@code a} beside {@code a/b}.
 * Buckets are directories below {@link #data}. Used by one thread at a time. Ends with the process that started it.
 */
public final class S3Server implements AutoCloseable {
    private static final int START_SECONDS = 60;

    private final Path directory;
    private final String accessKey = "test-" + UUID.randomUUID().toString().substring(0, 8);
    private final String secretKey = UUID.randomUUID().toString();
    private Process process;
    private int port;

    private S3Server(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        Files.createDirectories(data());
        process = launch();
    }

    /**
     * Starts a server, and waits until it answers.
     *
     * @param directory where it keeps its objects, its settings and {@code server.log}; made if it is not there
     * @return the server, which the caller closes
     * @throws IOException if it does not start; says what to do
     * @throws InterruptedException if the thread was interrupted
     */
    public static S3Server start(Path directory) throws IOException, InterruptedException {
        return new S3Server(directory.toAbsolutePath());
    }

    /**
     * The address as a configuration's {@code endpoint} has it; plain HTTP.
     *
     * @return host and port
     */
    public String endpoint() {
        return "127.0.0.1:" + port;
    }

    /**
     * The address as a URI.
     *
     * @return for example {@code http://127.0.0.1:12345}
     */
    public URI uri() {
        return URI.create("http://" + endpoint());
    }

    /**
     * The only access key that it knows.
     *
     * @return the access key ID
     */
    public String accessKey() {
        return accessKey;
    }

    /**
     * The secret that belongs to it.
     *
     * @return the secret access key
     */
    public String secretKey() {
        return secretKey;
    }

    /**
     * Where the buckets are.
     *
     * @return a directory with one directory a bucket
     */
    public Path data() {
        return directory.resolve("data");
    }

    /**
     * The server's process, for signals.
     *
     * @return the process id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Makes a bucket, unless it is there.
     *
     * @param name the bucket
     * @throws IOException if it cannot be made
     */
    public void createBucket(String name) throws IOException {
        Files.createDirectories(data().resolve(name));
    }

    /**
     * Kills the server where it stands, as {@code kill -9} does.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Starts a killed server again, on the same port and with the same objects.
     *
     * @throws IOException if it does not start
     * @throws InterruptedException if the thread was interrupted
     */
    public void restart() throws IOException, InterruptedException {
        kill();
        process = launch();
    }

    /** Ends the server; what it kept stays in its directory. Safe to call twice. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private Process launch() throws IOException, InterruptedException {
        Path log = directory.resolve("server.log");
        Process started = new ProcessBuilder(command(writeSettings()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            port = CompletableFuture.supplyAsync(() -> readPort(started.inputReader()))
                    .get(START_SECONDS, TimeUnit.SECONDS);
            return started;
        } catch (ExecutionException | TimeoutException e) {
            started.destroyForcibly();
            throw new IOException("the S3 server printed no port within " + START_SECONDS + " s; see " + log, e);
        } catch (InterruptedException e) {
            started.destroyForcibly();
            throw e;
        }
    }

    private Path writeSettings() throws IOException {
        Properties settings = new Properties();
        settings.setProperty("data", data().toString());
        settings.setProperty("port", Integer.toString(port));
        settings.setProperty("accessKey", accessKey);
        settings.setProperty("secretKey", secretKey);
        Path file = directory.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        return file;
    }

    private static List<String> command(Path settings) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dlogback.configurationFile=com/connylabs/ingest/testkit/s3/s3proxy-logback.xml",
                "-cp",
                ServerJar.ownClasses() + File.pathSeparator + ServerJar.find(),
                S3ServerMain.class.getName(),
                settings.toString());
    }

    private static int readPort(BufferedReader output) {
        try {
            String line = output.readLine();
            while (line != null && !line.matches("\\d+")) {
                line = output.readLine(); // the JVM's own warnings
            }
            if (line == null) {
                throw new IllegalStateException("its process has ended");
            }
            return Integer.parseInt(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
