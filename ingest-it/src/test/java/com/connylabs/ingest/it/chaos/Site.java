package com.connylabs.ingest.it.chaos;

import com.connylabs.ingest.it.Store;
import com.connylabs.ingest.testkit.proxy.Fault;
import com.connylabs.ingest.testkit.proxy.FaultProxy;
import com.connylabs.ingest.testkit.proxy.Faults;
import com.connylabs.ingest.testkit.s3.S3Server;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The stores of a run, and the proxies before them.
 *
 * <p>The source is a stub in this process: it deletes on condition in one step, which the real server that we have does in
 * two, and an object that is overwritten between the two would be lost without anybody's fault. The destinations are two
 * buckets of a real server, each behind a proxy of its own.
 */
final class Site implements AutoCloseable {
    static final String SOURCE = "source";
    static final List<String> DESTINATIONS = List.of("one", "two");
    static final String MARKERS = "markers/";

    private static final Map<Fault, Double> FAULTS = Map.of(
            Fault.DELAY, 0.04,
            Fault.ERROR, 0.03,
            Fault.CUT_REQUEST, 0.02,
            Fault.CORRUPT_REQUEST, 0.03,
            Fault.LOSE_ANSWER, 0.02,
            Fault.CUT_ANSWER, 0.02,
            Fault.CORRUPT_ANSWER, 0.03);

    final S3Stub source;
    final Store stores;
    private final S3Server server;
    private final List<Closing> opened = new ArrayList<>();
    private final Map<String, FaultProxy> proxies = new java.util.TreeMap<>();

    private interface Closing {
        void close() throws IOException;
    }

    Site(Path directory, long seed) throws IOException, InterruptedException {
        try {
            source = S3Stub.start(SOURCE);
            opened.add(0, source::close);
            server = S3Server.start(Files.createDirectories(directory.resolve("destinations")));
            opened.add(0, server::close);
            stores = Store.of(server);
            opened.add(0, stores::close);
            proxy(directory, SOURCE, source.uri().getPort(), seed + 1);
            for (String bucket : DESTINATIONS) {
                server.createBucket(bucket);
                proxy(directory, bucket, server.uri().getPort(), seed + 2 + proxies.size());
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void proxy(Path directory, String name, int port, long seed) throws IOException {
        Journal journal = new Journal(directory.resolve("proxy-" + name + ".log"));
        opened.add(0, journal::close);
        FaultProxy proxy = FaultProxy.start(port, seed, journal::write);
        opened.add(0, proxy::close);
        proxies.put(name, proxy);
    }

    void chaos() {
        proxies.values().forEach(proxy -> proxy.inject(new Faults(FAULTS)));
    }

    void calm() {
        proxies.values().forEach(proxy -> proxy.inject(Faults.NONE));
    }

    Map<Fault, Integer> faults() {
        Map<Fault, Integer> sum = new EnumMap<>(Fault.class);
        proxies.values()
                .forEach(proxy -> proxy.counts().forEach((fault, count) -> sum.merge(fault, count, Integer::sum)));
        return sum;
    }

    String config(Scale scale) {
        StringBuilder sources = new StringBuilder("sources:\n");
        StringBuilder destinations = new StringBuilder("destinations:\n");
        StringBuilder workflows = new StringBuilder("workflows:\n");
        try (Store origin = Store.of(source)) {
            for (Flow flow : Flow.values()) {
                String name = flow.workflow();
                sources.append(origin.through(
                        proxies.get(SOURCE).endpoint(),
                        origin.yaml("from-" + name, SOURCE, "prefix: " + flow.prefix(), "recursive: true")));
                DESTINATIONS.forEach(bucket -> destinations.append(destination(flow, bucket)));
                workflows.append(workflow(flow, scale));
            }
        }
        return sources.append(destinations).append(workflows).toString();
    }

    private String destination(Flow flow, String bucket) {
        List<String> lines = new ArrayList<>(List.of("prefix: " + flow.prefix(), "partSize: 5MiB"));
        if (marked(flow, bucket)) {
            lines.add("metafilesPrefix: " + MARKERS);
        }
        return stores.through(
                proxies.get(bucket).endpoint(),
                stores.yaml(bucket + "-" + flow.workflow(), bucket, lines.toArray(String[]::new)));
    }

    static boolean marked(Flow flow, String bucket) {
        return flow == Flow.KEEP && bucket.equals(DESTINATIONS.get(0));
    }

    private static String workflow(Flow flow, Scale scale) {
        String name = flow.workflow();
        return String.join(
                        "\n",
                        "- name: " + name,
                        "  source: from-" + name,
                        "  destinations: [one-" + name + ", two-" + name + "]",
                        "  cleanUp: " + (flow == Flow.CLEAN),
                        "  interval: 3s",
                        "  concurrency: 6",
                        "  ackWait: " + scale.ackWait().toSeconds() + "s",
                        // So many that nobody's patience ends because of what the proxies do.
                        "  attempts: 1000",
                        "  backoff: {first: 200ms, max: 2s}")
                + "\n";
    }

    @Override
    public void close() throws IOException {
        for (Closing thing : opened) {
            thing.close();
        }
    }
}
