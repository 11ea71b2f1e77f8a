package com.connylabs.ingest.bench;

import com.connylabs.ingest.bench.stub.StubMain;
import com.connylabs.ingest.testkit.ManagedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The stub's process, seen from the bench. */
public final class Stub implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    /** Of five seconds each. */
    private static final int LOOKS = 240;

    private final ManagedProcess process;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Stub(ManagedProcess process) throws InterruptedException {
        this.process = process;
        process.awaitOutput(".", START);
        String output = process.output();
        int from = output.indexOf(StubMain.LISTENING) + StubMain.LISTENING.length();
        this.port = Integer.parseInt(output.substring(from, output.indexOf('.', from)));
    }

    static Stub start(Path directory, String name) throws IOException, InterruptedException {
        return new Stub(ManagedProcess.start(
                directory.resolve("stub-" + name + ".log"), Jvm.ours(StubMain.class, "-Xmx2g", "-XX:+UseSerialGC")));
    }

    /** Host and port. */
    public String endpoint() {
        return "127.0.0.1:" + port;
    }

    ManagedProcess process() {
        return process;
    }

    /** Makes objects. */
    public void fill(String bucket, String name, long count, long size) {
        ask("fill?bucket=" + bucket + "&name=" + name + "&count=" + count + "&size=" + size);
    }

    /** Makes objects whose ETags are no MD5 of their content. */
    public void fillInParts(String bucket, String name, long count, long size) {
        ask("fill?parts&bucket=" + bucket + "&name=" + name + "&count=" + count + "&size=" + size);
    }

    /** Makes objects that look as if they had been copied. */
    public void fillCopies(String bucket, String name, long count, long size) {
        ask("fill?copy&bucket=" + bucket + "&name=" + name + "&count=" + count + "&size=" + size);
    }

    /** Lets it compute the MD5s of objects before they arrive, which takes longer than to receive them. */
    public void expect(String name, long count, long size) {
        ask("expect?name=" + name + "&count=" + count + "&size=" + size);
    }

    /** Gives the first object another size. */
    public void change(String bucket, long size) {
        ask("change?bucket=" + bucket + "&size=" + size);
    }

    /** Empties a bucket, and forgets what was counted. */
    public void clear(String bucket) {
        ask("clear?bucket=" + bucket);
    }

    /** Shows the bucket to the next whole listing only. */
    public void showOnce(String bucket) {
        ask("show?bucket=" + bucket);
    }

    /** Shows nothing to listings. */
    public void hide(String bucket) {
        ask("hide?bucket=" + bucket);
    }

    /** Forgets what was counted. */
    public void reset(String bucket) {
        ask("reset?bucket=" + bucket);
    }

    /** Lets each request wait. */
    public void latency(long millis) {
        ask("latency?ms=" + millis);
    }

    /** When the bucket was listed first, in nanoseconds of this machine's clock; 0 if it was not. */
    public long listed(String bucket) {
        return Long.parseLong(ask("listed?bucket=" + bucket));
    }

    /** Waits until so many objects were stored by processes. Returns when that was, on the same clock. */
    public long awaitStored(String bucket, long count, List<ManagedProcess> by) {
        boolean running = true;
        for (int i = 0; i < LOOKS && running; i++) {
            running = by.stream().anyMatch(ManagedProcess::alive);
            long when = Long.parseLong(ask("await?bucket=" + bucket + "&count=" + count + "&seconds=5"));
            if (when != 0) {
                return when;
            }
        }
        throw new IllegalStateException("not " + count + " objects in " + bucket + ", but " + counts(bucket) + "\n"
                + by.stream().map(ManagedProcess::output).collect(Collectors.joining("\n")));
    }

    /** How often each operation was asked for, and bytes in and out. */
    public Map<String, Long> counts(String bucket) {
        Map<String, Long> counts = new TreeMap<>();
        ask("counts?bucket=" + bucket).lines().forEach(line -> {
            String[] words = line.split(" ", -1);
            counts.put(words[0], Long.valueOf(words[1]));
        });
        return counts;
    }

    /** Fails unless these are so many objects of this size, each with the bytes that its name stands for. */
    public void verify(String bucket, long count, long size) {
        long there = Long.parseLong(ask("objects?bucket=" + bucket));
        long wrong = Long.parseLong(ask("wrong?bucket=" + bucket + "&size=" + size));
        if (there != count || wrong != 0) {
            throw new IllegalStateException(bucket + ": " + there + " objects of " + count + ", " + wrong + " wrong");
        }
    }

    private String ask(String command) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + endpoint() + "/-/" + command))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(command + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + command, e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
