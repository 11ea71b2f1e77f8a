package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.testkit.fuzz.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** A store that answers what a test wants, down to the byte, and the plugin that asks it. */
final class HostileAnswers implements AutoCloseable {
    final RawServer server;
    final S3Source source;
    final S3Destination destination;

    HostileAnswers() throws Exception {
        server = RawServer.start();
        PluginContext context = new PluginContext(
                "test",
                new PluginConfig(Map.of(
                        "endpoint", server.endpoint(),
                        "insecure", "true",
                        "accessKeyID", "key",
                        "secretAccessKey", "secret",
                        "bucket", "bucket")));
        S3Plugin plugin = new S3Plugin();
        source = (S3Source) plugin.source(context);
        destination = (S3Destination) plugin.destination(context);
    }

    /** A whole answer with a status of 200 and a body, whose length is stated. */
    static byte[] ok(byte[] body) {
        return answer(
                "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: " + body.length + "\r\n", body);
    }

    static byte[] answer(String head, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((head + "\r\n").getBytes(UTF_8));
        out.writeBytes(body);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        source.close();
        destination.close();
        server.close();
    }
}
