package com.connylabs.ingest.testkit.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.MINUTES)
class NatsClusterIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path temp;

    @Test
    void anotherServerLeadsWhenTheLeaderIsKilledAndTheKilledOneComesBack() throws Exception {
        try (NatsCluster cluster = NatsCluster.start(temp)) {
            assertEquals(3, cluster.urls().split(",").length, cluster.urls());
            assertTrue(cluster.leaderOf("s").isEmpty(), "a stream that is not there has no leader");
            Await.until("a stream", SOON, () -> create(cluster.servers().get(0)).contains("\"replicas\":3"));
            NatsServer first = awaitLeaderOtherThan(null, cluster);

            first.kill();
            NatsServer second = awaitLeaderOtherThan(first, cluster);
            String url = first.url();
            first.restart();
            assertEquals(url, first.url());

            second.kill();
            awaitLeaderOtherThan(second, cluster);
        }
    }

    private static NatsServer awaitLeaderOtherThan(NatsServer killed, NatsCluster cluster) throws Exception {
        AtomicReference<NatsServer> other = new AtomicReference<>(killed);
        Await.until("another leader", SOON, () -> {
            cluster.leaderOf("s").ifPresent(other::set);
            return other.get() != killed;
        });
        return other.get();
    }

    /** Makes a stream of three replicas; returns the answer. */
    private static String create(NatsServer server) throws IOException {
        String config = "{\"name\":\"s\",\"subjects\":[\"s\"],\"num_replicas\":3,\"storage\":\"file\","
                + "\"retention\":\"limits\",\"discard\":\"old\",\"max_msgs\":-1,\"max_bytes\":-1,\"max_consumers\":-1}";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5000);
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String commands = "CONNECT {}\r\nSUB inbox 1\r\nPUB $JS.API.STREAM.CREATE.s inbox " + config.length()
                    + "\r\n" + config + "\r\n";
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.UTF_8));
            String line = reader.readLine();
            while (!line.startsWith("MSG inbox")) {
                line = reader.readLine();
            }
            return reader.readLine().replace("num_replicas", "replicas");
        }
    }
}
