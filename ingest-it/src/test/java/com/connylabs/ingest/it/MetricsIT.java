package com.connylabs.ingest.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.ManagedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards of the Go original find what they look for, from the start and with the right counts. */
@Timeout(300)
class MetricsIT {
    private static final Pattern LISTENING = Pattern.compile("listening on (?:port |[^\\s\"]*:)(\\d+)");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private static String labels(String labels) {
        return labels.isEmpty() ? "" : "{" + labels + "}";
    }

    private static List<String> expectedOfTheDequeuer() {
        String workflow = "source=\"origin\",workflow=\"work\"";
        List<String> expected = new ArrayList<>();
        for (String result : List.of("error", "success")) {
            expected.add("ingest_dequeue_attempts_total" + labels("result=\"" + result + "\"," + workflow));
            expected.add("ingest_webhook_http_client_requests_total" + labels("result=\"" + result + "\"," + workflow));
            for (String operation : List.of("cleanup", "download")) {
                expected.add("ingest_client_operations_total"
                        + labels("operation=\"" + operation + "\",result=\"" + result + "\"," + workflow));
            }
            for (String operation : List.of("pop", "publish")) {
                expected.add("ingest_queue_operations_total"
                        + labels("operation=\"" + operation + "\",result=\"" + result + "\""));
            }
            for (String operation : List.of("stat", "store")) {
                for (String to : List.of("first", "second")) {
                    expected.add("ingest_storage_operations_total"
                            + labels("destination=\"" + to + "\",operation=\"" + operation
                                    + "\",plugin=\"s3\",result=\"" + result + "\"," + workflow));
                }
            }
        }
        expected.add("ingest_workflow_instantiation_failures_total");
        return expected;
    }

    @Test
    void areThereFromTheStartAndCount() throws Exception {
        try (Servers servers = new Servers(directory)) {
            Ingest ingest = new Ingest(directory);
            ingest.config(servers.config("interval: 1s", "cleanUp: true"));
            String queue = "--queue-endpoint=" + servers.nats.url();
            try (ManagedProcess dequeuer =
                    ingest.start("--mode=dequeue", "--config=config.yaml", "--listen=127.0.0.1:0", queue)) {
                String base = base(dequeuer);
                Await.until("ready", LONG, () -> get(base + "/ready").statusCode() == 200);
                assertEquals(200, get(base + "/live").statusCode());
                assertTrue(get(base + "/").body().contains("/metrics"));
                String before = get(base + "/metrics").body();
                for (String series : expectedOfTheDequeuer()) {
                    assertTrue(before.contains("\n" + series + " "), series + " is not in\n" + before);
                }
                assertEquals(0, value(before, "ingest_dequeue_attempts_total", "success"));

                for (int i = 0; i < 10; i++) {
                    servers.source.put("source", "in/" + i, new byte[i]);
                }
                Ingest.End end =
                        ingest.run("--mode=enqueue", "--config=config.yaml", "--once", "--listen=127.0.0.1:0", queue);
                assertEquals(0, end.code(), end.output());
                Await.until(
                        "ten are done",
                        LONG,
                        () -> value(get(base + "/metrics").body(), "ingest_dequeue_attempts_total", "success") == 10);
                String after = get(base + "/metrics").body();
                assertEquals(0, value(after, "ingest_dequeue_attempts_total", "error"));
                assertEquals(10, value(after, "ingest_client_operations_total", "download", "success"));
                assertEquals(10, value(after, "ingest_client_operations_total", "cleanup", "success"));
                assertEquals(10, value(after, "ingest_storage_operations_total", "first", "\"stat\"", "success"));
                assertEquals(10, value(after, "ingest_storage_operations_total", "second", "store", "success"));
                assertEquals(
                        10,
                        value(after, "ingest_storage_operation_duration_seconds_count", "\"second\"", "\"store\""),
                        after);
                assertTrue(
                        after.contains("ingest_storage_operation_duration_seconds_bucket")
                                && after.contains("le=\"600.0\""),
                        after);
            }
        }
    }

    /** The sum of all series of a metric whose labels contain all of these texts, the composite of several left out. */
    private static long value(String page, String name, String... labels) {
        return page.lines()
                .filter(line -> line.startsWith(name + "{") && !line.contains("plugin=\"multi\""))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    static String base(ManagedProcess process) throws InterruptedException {
        Await.until("listening", LONG, () -> LISTENING.matcher(process.output()).find() || !process.alive());
        Matcher matcher = LISTENING.matcher(process.output());
        assertTrue(matcher.find(), process.output());
        return "http://127.0.0.1:" + matcher.group(1);
    }

    static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(LONG).build(), HttpResponse.BodyHandlers.ofString());
    }
}
