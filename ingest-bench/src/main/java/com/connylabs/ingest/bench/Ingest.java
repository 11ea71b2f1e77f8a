package com.connylabs.ingest.bench;

import com.connylabs.ingest.testkit.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program, as users start it. */
public final class Ingest {
    private final Settings settings;
    private final String name;
    private final String queue;
    private final List<String> options;

    /** A program that has a stream of its own name. */
    Ingest(Settings settings, String name, String queue, List<String> options) {
        this.settings = settings;
        this.name = name;
        this.queue = queue;
        this.options = options;
    }

    /** Name of its stream, and prefix of the stream's subjects. */
    public String stream() {
        return name;
    }

    /** Writes the configuration: a source bucket, and a bucket at each destination. */
    public void configure(Route route, String interval) throws IOException {
        StringBuilder yaml = new StringBuilder("sources:\n").append(site("source", route.source(), route.bucket()));
        yaml.append("destinations:\n");
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < route.destinations().size(); i++) {
            yaml.append(site("destination" + i, route.destinations().get(i), route.bucket()));
            names.append(i == 0 ? "" : ", ").append("destination").append(i);
        }
        yaml.append("workflows:\n- {name: bench, source: source, destinations: [")
                .append(names);
        yaml.append("], interval: ").append(interval).append(", concurrency: ").append(route.concurrency());
        Files.writeString(config(), yaml.append("}\n"));
    }

    private static String site(String name, Stub stub, String bucket) {
        return "- {name: " + name + ", type: s3, endpoint: \"" + stub.endpoint() + "\", insecure: true, bucket: "
                + bucket + ", accessKeyID: key, secretAccessKey: secret}\n";
    }

    /** Starts it. */
    public ManagedProcess start(String mode, String... arguments) throws IOException {
        return ManagedProcess.start(log(mode), command(mode, arguments));
    }

    /** Asks it for its help. */
    ManagedProcess help() throws IOException {
        return ManagedProcess.start(
                log("help"), Jvm.java(), "-jar", settings.jar().toString(), "--help");
    }

    private Path log(String mode) {
        return settings.directory().resolve(name + "-" + mode + ".log");
    }

    private String[] command(String mode, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(options);
        if (settings.profile()) {
            command.add("-XX:FlightRecorderOptions=stackdepth=256");
            command.add("-XX:StartFlightRecording=settings=profile,disk=true,filename="
                    + settings.directory().resolve(name + "-" + mode + "-" + System.nanoTime() + ".jfr"));
        }
        command.addAll(List.of("-jar", settings.jar().toString(), "--mode=" + mode, "--config=" + config()));
        command.addAll(List.of("--queue-endpoint=" + queue, "--stream=" + name, "--subject=" + name));
        command.addAll(List.of("--listen=127.0.0.1:0"));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private Path config() {
        return settings.directory().resolve(name + ".yaml");
    }
}
