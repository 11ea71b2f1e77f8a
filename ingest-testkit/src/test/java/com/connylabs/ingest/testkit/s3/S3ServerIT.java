package com.connylabs.ingest.testkit.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ServerIT {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void unsignedRequestIsRefused(@TempDir Path dir) throws Exception {
        try (S3Server server = S3Server.start(dir)) {
            assertEquals(403, status(server), "signatures must be checked");
        }
    }

    @Test
    void killedServerComesBackOnItsPortWithItsBuckets(@TempDir Path dir) throws Exception {
        try (S3Server server = S3Server.start(dir)) {
            server.createBucket("kept");
            String endpoint = server.endpoint();

            server.kill();
            assertThrows(ConnectException.class, () -> status(server), "a killed server must not answer");
            server.restart();

            assertEquals(endpoint, server.endpoint(), "the address must stay");
            assertEquals(403, status(server), "it must answer again");
            assertTrue(Files.isDirectory(server.data().resolve("kept")), "its buckets must stay");
        }
    }

    @Test
    void closeEndsTheProcess(@TempDir Path dir) throws Exception {
        S3Server server = S3Server.start(dir);
        long pid = server.pid();

        server.close();
        server.close();

        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), "process " + pid + " is left");
    }

    private int status(S3Server server) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(server.uri()).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
