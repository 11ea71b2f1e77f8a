package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.testkit.Certificates;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short way over TLS, with an authority that the platform trusts. */
class TlsIT {
    @TempDir
    private Path directory;

    private final List<String> agents = new CopyOnWriteArrayList<>();
    private SSLContext platforms;
    private Certificates authority;

    @BeforeEach
    void trust() throws Exception {
        authority = Certificates.authority(directory);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificate(authority.certificate()));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        platforms = SSLContext.getDefault();
        SSLContext.setDefault(context);
    }

    @AfterEach
    void forget() {
        SSLContext.setDefault(platforms);
    }

    @Test
    void aServerThatThePlatformTrustsIsSpokenTo() throws Exception {
        HttpsServer server = server("ip:127.0.0.1");
        try (S3Connection connection = connection(server)) {
            assertTrue(connection.head("key").isPresent());
            assertEquals(List.of("ingest"), agents, "one request, and on the short way");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerOfAnotherNameIsNot() throws Exception {
        HttpsServer server = server("dns:other.example.com");
        try (S3Connection connection = connection(server)) {
            EndpointException e = assertThrows(EndpointException.class, () -> connection.head("key"));
            assertTrue(e.getMessage().contains("TLS failed"), e.getMessage());
            assertEquals(List.of(), agents);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nothingIsSentToWhomThePlatformDoesNotTrust() throws Exception {
        SSLContext.setDefault(platforms);
        HttpsServer server = server("ip:127.0.0.1");
        try (S3Connection connection = connection(server)) {
            assertThrows(EndpointException.class, () -> connection.head("key"));
            assertEquals(List.of(), agents);
        } finally {
            server.stop(0);
        }
    }

    private static S3Connection connection(HttpsServer server) {
        return new S3Connection(StoreConfig.read(Configs.of(
                "endpoint",
                "127.0.0.1:" + server.getAddress().getPort(),
                "bucket",
                "bucket",
                "accessKeyID",
                "a",
                "secretAccessKey",
                "b")));
    }

    private HttpsServer server(String name) throws Exception {
        Certificates.Identity identity = authority.issue("server", name);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                "server", key(identity.key()), new char[0], new Certificate[] {certificate(identity.certificate())});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            agents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
            exchange.getResponseHeaders().set("ETag", "\"x\"");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Certificate certificate(Path pem) throws Exception {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey key(Path pem) throws Exception {
        String text = Files.readString(pem).replaceAll("-----.*-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text)));
    }
}
