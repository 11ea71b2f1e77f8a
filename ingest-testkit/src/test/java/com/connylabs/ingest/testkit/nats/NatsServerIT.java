package com.connylabs.ingest.testkit.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.MINUTES)
class NatsServerIT {
    @TempDir
    Path temp;

    @Test
    void portAndStoreSurviveKillAndStop() throws Exception {
        try (NatsServer server = NatsServer.start(temp.resolve("nats"))) {
            String url = server.url();
            long first = server.process().pid();
            assertEquals("+OK", ask(server, "{\"verbose\":true}"), "the answer of a server that lets everybody in");

            server.kill();
            assertFalse(server.process().alive(), "runs after kill");
            server.restart();
            assertEquals(url, server.url(), "url after kill");
            assertNotEquals(first, server.process().pid(), "process after kill");

            server.stop();
            server.restart();
            assertEquals("+OK", ask(server, "{\"verbose\":true}"), "the answer after stop and restart");
            assertTrue(Files.isDirectory(temp.resolve("nats/store/jetstream")), "the store's directory");
        }
    }

    @Test
    void furtherConfigurationCounts() throws Exception {
        Path config =
                Files.writeString(temp.resolve("auth.conf"), "authorization { user: u, password: p, timeout: 30 }");
        try (NatsServer server = NatsServer.start(temp.resolve("nats"), config)) {
            assertEquals("-ERR 'Authorization Violation'", ask(server, "{\"verbose\":true}"), "without a password");
            assertEquals("+OK", ask(server, "{\"verbose\":true,\"user\":\"u\",\"pass\":\"p\"}"), "with the password");
        }
    }

    @Test
    void aMistakeInTheConfigurationFailsAtOnceWithTheServersWords() throws Exception {
        Path config = Files.writeString(temp.resolve("bad.conf"), "authorization { ");
        var error = assertThrows(AssertionError.class, () -> NatsServer.start(temp.resolve("nats"), config));
        assertTrue(error.getMessage().contains("Parse error"), "has the server's output: " + error.getMessage());
    }

    private static String ask(NatsServer server, String connect) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String unusedInfo = reader.readLine();
            assertTrue(unusedInfo.startsWith("INFO "), "the greeting");
            socket.getOutputStream().write(("CONNECT " + connect + "\r\n").getBytes(StandardCharsets.UTF_8));
            return reader.readLine();
        }
    }
}
