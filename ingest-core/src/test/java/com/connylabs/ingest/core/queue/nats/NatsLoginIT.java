package com.connylabs.ingest.core.queue.nats;

import static com.connylabs.ingest.core.queue.nats.NatsFixture.SOON;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.nats.NatsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logging in, and being refused in words that help. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NatsLoginIT {
    @TempDir
    Path temp;

    private NatsServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void userAndPasswordFromTheUrl() throws Exception {
        start("authorization { user: me, password: \"s3cr@t/\" }");
        assertWorks(NatsOptions.of(url("me:s3cr%40t%2F@")));
        assertRefused(NatsOptions.of(url("me:wr0ngwr0ng@")), "refuses the login");
        assertRefused(NatsOptions.of(url("")), "refuses the login");
    }

    @Test
    void tokenFromTheUrl() throws Exception {
        start("authorization { token: s3crett0ken }");
        assertWorks(NatsOptions.of(url("s3crett0ken@")));
        assertRefused(NatsOptions.of(url("wr0ngwr0ng@")), "refuses the login");
    }

    @Test
    void nkeyFromAFile() throws Exception {
        start("authorization { users: [{ nkey: " + NkeyTest.PUBLIC + " }] }");
        Path file = Files.writeString(temp.resolve("user.nk"), NkeyTest.SEED + "\n");
        assertWorks(NatsOptions.of(url("")).withAuth(NatsAuth.NONE.withNkey(file)));

        Path other = Files.writeString(temp.resolve("other.nk"), NkeyTest.RFC_8032_TEST_2);
        assertRefused(NatsOptions.of(url("")).withAuth(NatsAuth.NONE.withNkey(other)), "refuses the login");
        Path empty = Files.writeString(temp.resolve("empty.nk"), "nothing");
        assertRefused(NatsOptions.of(url("")).withAuth(NatsAuth.NONE.withNkey(empty)), "empty.nk", "SU");
        Path missing = temp.resolve("missing.nk");
        assertRefused(NatsOptions.of(url("")).withAuth(NatsAuth.NONE.withNkey(missing)), "missing.nk");
    }

    @Test
    void credentialsFromAFile() throws Exception {
        var operator = new OperatorMode();
        start(operator.serverConfig());
        Path file = Files.writeString(temp.resolve("user.creds"), operator.userCreds());
        assertWorks(NatsOptions.of(url("")).withAuth(NatsAuth.NONE.withCreds(file)));

        Path stranger = Files.writeString(temp.resolve("stranger.creds"), new OperatorMode().userCreds());
        assertRefused(NatsOptions.of(url("")).withAuth(NatsAuth.NONE.withCreds(stranger)), "refuses the login");
        Path seedOnly = Files.writeString(temp.resolve("seed.creds"), NkeyTest.SEED);
        assertRefused(NatsOptions.of(url("")).withAuth(NatsAuth.NONE.withCreds(seedOnly)), "seed.creds", "nsc");
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertRefused(
                NatsOptions.of("nats://me:s3cret@127.0.0.1:" + port),
                "nats://127.0.0.1:" + port,
                "Connection refused",
                "--queue-endpoint");
        assertRefused(NatsOptions.of("nats://no-such-host.invalid"), "no-such-host.invalid", "--queue-endpoint");
    }

    @Test
    void aServerThatRefusesUsForAWhileIsTriedAgain() throws Exception {
        start("authorization { user: me, password: secret1 }");
        try (NatsQueue queue = NatsQueue.connect(NatsOptions.of(url("me:secret1@")))) {
            publish(queue, "w", "a");
            server.stop();
            configure("authorization { user: me, password: another }");
            server.restart();
            Await.until("being refused twice", SOON, () -> refusals() >= 2);
            assertFalse(queue.connected(), "connected though refused");

            server.stop();
            configure("authorization { user: me, password: secret1 }");
            server.restart();
            Await.until("a connection", SOON, queue::connected);
            assertEquals(PublishResult.ALREADY_OUTSTANDING, publish(queue, "w", "a"), "works again");
        }
    }

    private long refusals() throws IOException {
        try (var lines = Files.lines(temp.resolve("nats/server.log"))) {
            return lines.filter(line -> line.contains("authentication error")).count();
        }
    }

    private void start(String config) throws Exception {
        server = NatsServer.start(temp.resolve("nats"), Files.writeString(temp.resolve("further.conf"), config));
    }

    private void configure(String config) throws Exception {
        Files.writeString(temp.resolve("nats/server.conf"), config);
    }

    private String url(String login) {
        return "nats://" + login + "127.0.0.1:" + server.port();
    }

    private static void assertWorks(NatsOptions options) throws Exception {
        try (NatsQueue queue = NatsFixture.connect(options)) {
            publish(queue, "w", "a");
            assertEquals(1, queue.outstanding("w"), "outstanding");
        }
    }

    private static void assertRefused(NatsOptions options, String... words) {
        var error = assertThrows(
                EndpointException.class, () -> NatsQueue.connect(options).close());
        for (String word : words) {
            assertTrue(error.getMessage().contains(word), "says " + word + ": " + error);
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            for (String secret : new String[] {"s3cr", "wr0ng", NkeyTest.SEED, NkeyTest.RFC_8032_TEST_2}) {
                assertFalse(String.valueOf(cause).contains(secret), "shows a secret: " + cause);
            }
        }
    }
}
