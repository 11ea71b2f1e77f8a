package com.connylabs.ingest.core.queue.nats;

import static com.connylabs.ingest.core.queue.nats.NatsFixture.SOON;
import static com.connylabs.ingest.core.queue.nats.NatsFixture.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.PublishResult;
import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.Certificates;
import com.connylabs.ingest.testkit.Certificates.Identity;
import com.connylabs.ingest.testkit.nats.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NatsTlsIT {
    @TempDir
    static Path shared;

    private static Certificates authority;
    private static Certificates stranger;
    private static Identity here;
    private static Identity elsewhere;
    private static Identity client;
    private static Identity renewed;
    private static Identity ofStranger;

    @TempDir
    Path temp;

    @BeforeAll
    static void issue() throws Exception {
        authority = Certificates.authority(shared.resolve("ca"));
        stranger = Certificates.authority(shared.resolve("stranger"));
        here = authority.issue("here", "ip:127.0.0.1,dns:localhost");
        elsewhere = authority.issue("elsewhere", "dns:elsewhere.example");
        client = authority.issue("client", "dns:client");
        renewed = stranger.issue("renewed", "ip:127.0.0.1,dns:localhost");
        ofStranger = stranger.issue("client", "dns:client");
    }

    @Test
    void ownAuthorityAndClientCertificate() throws Exception {
        try (NatsServer server = server(here, authority)) {
            NatsAuth auth = NatsAuth.NONE.withCa(authority.certificate());
            assertWorks(options("tls", server).withAuth(auth.withCertificate(client.certificate(), client.key())));
            assertWorks(NatsOptions.of("tls://localhost:" + server.port())
                    .withAuth(auth.withCertificate(client.certificate(), client.key())));

            assertRefused(options("tls", server).withAuth(auth), "client certificate");
            assertRefused(
                    options("tls", server).withAuth(auth.withCertificate(ofStranger.certificate(), ofStranger.key())),
                    "127.0.0.1");
        }
    }

    @Test
    void aServerThatNobodyVouchesForIsRefused() throws Exception {
        try (NatsServer server = server(here, null)) {
            assertRefused(options("tls", server), "vouches");
            assertRefused(options("tls", server).withAuth(NatsAuth.NONE.withCa(stranger.certificate())), "vouches");
        }
    }

    @Test
    void aServerWithAnotherNameIsRefused() throws Exception {
        try (NatsServer server = server(elsewhere, null)) {
            assertRefused(options("tls", server).withAuth(NatsAuth.NONE.withCa(authority.certificate())), "127.0.0.1");
        }
    }

    @Test
    void theWrongSchemeIsPointedOut() throws Exception {
        try (NatsServer secure = server(here, null);
                NatsServer plain = NatsServer.start(temp.resolve("plain"))) {
            assertRefused(options("nats", secure), "use tls://");
            assertRefused(options("tls", plain), "use nats://");
        }
    }

    @Test
    void filesThatAreNotWhatTheyShouldBeAreNamed() throws Exception {
        Path wrong = Files.writeString(temp.resolve("wrong.pem"), "nothing");
        try (NatsServer server = server(here, null)) {
            NatsOptions options = options("tls", server);
            assertRefused(options.withAuth(NatsAuth.NONE.withCa(wrong)), "wrong.pem");
            assertRefused(options.withAuth(NatsAuth.NONE.withCa(temp.resolve("missing.pem"))), "missing.pem");
            assertRefused(
                    options.withAuth(NatsAuth.NONE.withCertificate(client.certificate(), wrong)),
                    "wrong.pem",
                    "openssl pkcs8");
        }
    }

    @Test
    void certificatesAreRenewedWithoutARestart() throws Exception {
        Path ca = Files.copy(authority.certificate(), temp.resolve("ca.pem"));
        try (NatsServer server = server(here, null);
                NatsQueue queue = NatsFixture.connect(options("tls", server).withAuth(NatsAuth.NONE.withCa(ca)))) {
            publish(queue, "w", "a");
            server.stop();
            Files.writeString(temp.resolve("nats/server.conf"), config(renewed, null));
            Files.copy(stranger.certificate(), ca, StandardCopyOption.REPLACE_EXISTING);
            server.restart();
            Await.until("a connection", SOON, queue::connected);
            assertEquals(PublishResult.ALREADY_OUTSTANDING, publish(queue, "w", "a"), "works again");
        }
    }

    private NatsServer server(Identity identity, Certificates clients) throws Exception {
        Path file = Files.writeString(temp.resolve("tls.conf"), config(identity, clients));
        return NatsServer.start(temp.resolve("nats"), file);
    }

    private static String config(Identity identity, Certificates clients) {
        String verify = clients == null ? "" : "  ca_file: \"" + clients.certificate() + "\"\n  verify: true\n";
        return "tls {\n  cert_file: \"" + identity.certificate() + "\"\n  key_file: \"" + identity.key() + "\"\n"
                + verify + "}\n";
    }

    private static NatsOptions options(String scheme, NatsServer server) {
        return NatsOptions.of(scheme + "://127.0.0.1:" + server.port());
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
    }
}
