package com.connylabs.ingest.it;

import com.connylabs.ingest.testkit.nats.NatsServer;
import com.connylabs.ingest.testkit.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A source endpoint, a destination endpoint with two buckets, and a NATS server; each a process of its own. */
final class Servers implements AutoCloseable {
    final S3Server sourceServer;
    final S3Server destinationServer;
    final NatsServer nats;
    final Store source;
    final Store destination;

    Servers(Path directory) throws IOException, InterruptedException {
        sourceServer = S3Server.start(Files.createDirectories(directory.resolve("source")));
        destinationServer = S3Server.start(Files.createDirectories(directory.resolve("destination")));
        nats = NatsServer.start(Files.createDirectories(directory.resolve("nats")));
        source = Store.of(sourceServer);
        destination = Store.of(destinationServer);
        sourceServer.createBucket("source");
        destinationServer.createBucket("one");
        destinationServer.createBucket("two");
    }

    /** From {@code source} under {@code in/} to {@code one} under {@code copy/} with markers, and to {@code two}. */
    String config(String... workflowLines) {
        StringBuilder yaml = new StringBuilder("sources:\n");
        yaml.append(source.yaml("origin", "source", "prefix: in/", "recursive: true"));
        yaml.append("destinations:\n");
        yaml.append(destination.yaml("first", "one", "prefix: copy/"));
        yaml.append(destination.yaml("second", "two"));
        yaml.append("workflows:\n- name: work\n  source: origin\n  destinations: [first, second]\n");
        for (String line : workflowLines) {
            yaml.append("  ").append(line).append('\n');
        }
        return yaml.toString();
    }

    @Override
    public void close() {
        source.close();
        destination.close();
        nats.close();
        destinationServer.close();
        sourceServer.close();
    }
}
