package com.connylabs.ingest.testkit.nats;

import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import com.connylabs.ingest.testkit.ManagedProcess.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A nats-server with JetStream: a process on 127.0.0.1 with a port and a directory of its own, which it keeps when it is
 * started again. Used by one thread at a time.
 */
public final class NatsServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Pattern PORT = Pattern.compile("\"nats\":\\s*\\[\\s*\"[a-z]+://[^\"]*:(\\d+)\"");
    // Small limits: a test that fills the disk of the machine is found here and not there.
    private static final String LIMITS = "jetstream { max_mem: 64M, max_file: 1G }\n";

    private final Path directory;
    private ManagedProcess process;
    private final int port;

    private NatsServer(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        this.process = launch(-1);
        this.port = awaitPort();
        awaitReady();
    }

    /**
     * Starts a server that lets everybody in.
     *
     * @param directory for its files: store, configuration, log; made when it is missing
     * @return the server, ready
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the thread was interrupted
     */
    public static NatsServer start(Path directory) throws IOException, InterruptedException {
        return start(directory, null);
    }

    /**
     * Starts a server.
     *
     * @param directory for its files: store, configuration, log; made when it is missing
     * @param config file with further configuration (authorization, TLS), or null; not address, port and store
     * @return the server, ready
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the thread was interrupted
     */
    public static NatsServer start(Path directory, @Nullable Path config) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        String further = config == null ? "" : Files.readString(config);
        Files.writeString(directory.resolve("server.conf"), LIMITS + further);
        return new NatsServer(directory);
    }

    /**
     * Where clients connect.
     *
     * @return for example {@code nats://127.0.0.1:34567}
     */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /**
     * The port.
     *
     * @return the same for the server's whole life, whenever it is started again
     */
    public int port() {
        return port;
    }

    /**
     * The process that runs now, or ran last.
     *
     * @return for signals and its output
     */
    public ManagedProcess process() {
        return process;
    }

    /**
     * Ends the server in order (SIGTERM) and waits for its end.
     *
     * @throws IOException if it cannot be told
     * @throws InterruptedException if the thread was interrupted
     */
    public void stop() throws IOException, InterruptedException {
        end(Signal.TERM);
    }

    /**
     * Ends the server hard (SIGKILL) and waits for its end.
     *
     * @throws IOException if it cannot be told
     * @throws InterruptedException if the thread was interrupted
     */
    public void kill() throws IOException, InterruptedException {
        end(Signal.KILL);
    }

    private void end(Signal signal) throws IOException, InterruptedException {
        process.signal(signal);
        process.exitCode(START);
        process.close();
    }

    /**
     * Starts the server again, on the same port and store. Stops it first if it runs.
     *
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the thread was interrupted
     */
    public void restart() throws IOException, InterruptedException {
        stop();
        process = launch(port);
        awaitReady();
    }

    /** Kills the server; its files stay. Safe to call twice. */
    @Override
    public void close() {
        process.close();
    }

    private ManagedProcess launch(int onPort) throws IOException, InterruptedException {
        return ManagedProcess.start(
                directory.resolve("server.log"),
                NatsBinary.path().toString(),
                "-c",
                directory.resolve("server.conf").toString(),
                "-js",
                "-sd",
                directory.resolve("store").toString(),
                "-a",
                "127.0.0.1",
                "-p",
                Integer.toString(onPort),
                "--ports_file_dir",
                directory.toString());
    }

    private int awaitPort() throws InterruptedException {
        Path file = directory.resolve(NatsBinary.path().getFileName() + "_" + process.pid() + ".ports");
        Matcher[] found = new Matcher[1];
        Await.until("the port of " + process, START, () -> {
            failIfEnded();
            found[0] = PORT.matcher(Files.readString(file));
            return found[0].find();
        });
        return Integer.parseInt(found[0].group(1));
    }

    private void awaitReady() throws InterruptedException {
        Await.until(process + " answers on port " + port, START, () -> {
            failIfEnded();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(1000);
                var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                String line = reader.readLine();
                return line != null && line.startsWith("INFO ") && line.contains("\"jetstream\":true");
            }
        });
    }

    private void failIfEnded() {
        if (!process.alive()) {
            throw new AssertionError(process + " has ended:\n" + process.output());
        }
    }
}
