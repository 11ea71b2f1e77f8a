package com.connylabs.ingest.testkit.nats;

import com.connylabs.ingest.testkit.Await;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Three nats-servers with JetStream that make up a cluster: processes on 127.0.0.1, each with ports and a directory of its
 * own, which it keeps when it is started again. Used by one thread at a time.
 */
public final class NatsCluster implements AutoCloseable {
    private static final int SIZE = 3;
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Pattern META_LEADER =
            Pattern.compile("\"meta_cluster\":\\s*\\{[^}]*\"leader\":\\s*\"(\\w+)\"");

    /** Below the ports that Linux and others give away by themselves. */
    private static final int LEAST_PORT = 20_000;

    private static final int MOST_PORT = 32_000;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private final List<Member> members = new ArrayList<>();

    private record Member(String name, NatsServer server, int monitoring) {}

    private NatsCluster() {}

    /**
     * Starts a cluster, and waits until it has agreed on a leader.
     *
     * @param directory for the servers' files; made when it is missing
     * @return the cluster, ready
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the thread was interrupted
     */
    public static NatsCluster start(Path directory) throws IOException, InterruptedException {
        NatsCluster cluster = new NatsCluster();
        try {
            cluster.launch(directory);
            Await.until("a leader of the cluster in " + directory, START, () -> cluster.ask(META_LEADER)
                    .isPresent());
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /**
     * Where clients connect.
     *
     * @return the servers' URLs, with commas between
     */
    public String urls() {
        return members.stream().map(member -> member.server().url()).collect(Collectors.joining(","));
    }

    /**
     * The servers.
     *
     * @return three of them, some of which may have been killed
     */
    public List<NatsServer> servers() {
        return members.stream().map(Member::server).toList();
    }

    /**
     * Asks who leads a stream.
     *
     * @param stream name of the stream
     * @return the leader's server, if there is a leader now and a server knows
     * @throws InterruptedException if the thread was interrupted
     */
    public Optional<NatsServer> leaderOf(String stream) throws InterruptedException {
        Pattern leader = Pattern.compile("\"name\":\\s*\"" + Pattern.quote(stream)
                + "\",\\s*\"created\":[^{]*\"cluster\":\\s*\\{[^}\\]]*\"leader\":\\s*\"(\\w+)\"");
        Optional<String> name = ask(leader);
        return members.stream()
                .filter(member -> name.equals(Optional.of(member.name())))
                .map(Member::server)
                .filter(server -> server.process().alive())
                .findFirst();
    }

    /** Kills the servers; their files stay. Safe to call twice. */
    @Override
    public void close() {
        members.forEach(member -> member.server().close());
    }

    private void launch(Path directory) throws IOException, InterruptedException {
        List<Integer> ports = freePorts(2 * SIZE);
        String routes = ports.subList(0, SIZE).stream()
                .map(port -> "nats://127.0.0.1:" + port)
                .collect(Collectors.joining(", "));
        for (int i = 0; i < SIZE; i++) {
            String name = "n" + (i + 1);
            int monitoring = ports.get(SIZE + i);
            Path home = Files.createDirectories(directory.resolve(name));
            Path config = Files.writeString(
                    home.resolve("cluster.conf"),
                    "server_name: " + name + "\nhttp: \"127.0.0.1:" + monitoring + "\"\n"
                            + "cluster { name: test, listen: \"127.0.0.1:" + ports.get(i) + "\", routes: [ " + routes
                            + " ] }\n");
            members.add(new Member(name, NatsServer.start(home, config), monitoring));
        }
    }

    /** Free now, and none of those that the system gives to whoever asks for any. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            while (sockets.size() < count) {
                int port = ThreadLocalRandom.current().nextInt(LEAST_PORT, MOST_PORT);
                try {
                    sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
                } catch (BindException e) {
                    // another one then
                }
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** What the first server that knows says. */
    private Optional<String> ask(Pattern wanted) throws InterruptedException {
        for (Member member : members) {
            if (member.server().process().alive()) {
                Matcher found = wanted.matcher(state(member));
                if (found.find()) {
                    return Optional.of(found.group(1));
                }
            }
        }
        return Optional.empty();
    }

    private String state(Member member) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + member.monitoring() + "/jsz?accounts=true&streams=true");
        try {
            return http.send(HttpRequest.newBuilder(uri).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return ""; // it is going, or not yet there: another one may know
        }
    }
}
