package com.connylabs.ingest.cli.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.plugin.PluginMetrics;
import com.connylabs.ingest.cli.config.ConfigReader;
import com.connylabs.ingest.cli.config.WorkflowConfig;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.core.metrics.WorkflowMetrics.ClientOperation;
import com.connylabs.ingest.core.metrics.WorkflowMetrics.QueueOperation;
import com.connylabs.ingest.core.metrics.WorkflowMetrics.StorageOperation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final Map<String, String> TYPES = Map.of("a", "s3", "b", "file");

    @TempDir
    private Path dir;

    private WorkflowConfig one;
    private WorkflowConfig two;

    @BeforeEach
    void readConfig() throws Exception {
        Path file = Files.writeString(dir.resolve("c.yaml"), """
                sources: [{name: in, type: s3}]
                destinations: [{name: a, type: s3}, {name: b, type: file}]
                workflows:
                - {name: one, source: in, destinations: [a]}
                - {name: two, source: in, destinations: [a, b]}
                """);
        List<WorkflowConfig> workflows = ConfigReader.read(file, Map.of()).workflows();
        one = workflows.get(0);
        two = workflows.get(1);
    }

    @Test
    void everySeriesOfTheOriginalIsThereFromTheStartWithZero() throws Exception {
        Metrics metrics = new Metrics(true, true, "1");
        metrics.enqueuer(one, new Tally());
        metrics.dequeuer(one, TYPES, new Tally());
        String labels = "source=\"in\",workflow=\"one\"";
        TreeSet<String> expected = new TreeSet<>();
        for (String result : List.of("error", "success")) {
            String end = ",result=\"" + result + "\"} 0";
            expected.add("ingest_enqueue_attempts_total{" + sorted(labels + end));
            expected.add("ingest_dequeue_attempts_total{" + sorted(labels + end));
            expected.add("ingest_webhook_http_client_requests_total{" + sorted(labels + end));
            for (String operation : List.of("download", "cleanup")) {
                expected.add(
                        "ingest_client_operations_total{" + sorted(labels + ",operation=\"" + operation + "\"" + end));
            }
            for (String operation : List.of("pop", "publish")) {
                expected.add("ingest_queue_operations_total{" + sorted("operation=\"" + operation + "\"" + end));
            }
            for (String operation : List.of("stat", "store")) {
                expected.add("ingest_storage_operations_total{"
                        + sorted(labels + ",destination=\"a\",plugin=\"s3\"" + ",operation=\"" + operation + "\""
                                + end));
            }
        }
        expected.add("ingest_workflow_instantiation_failures_total 0");
        TreeSet<String> found = new TreeSet<>();
        page(metrics)
                .lines()
                .map(MetricsTest::normalized)
                .filter(line -> line.matches("ingest_\\w*_(attempts|requests|operations|failures)_total.*"))
                .forEach(found::add);
        assertEquals(expected, found, "series");
    }

    @Test
    void durationsHaveTheOriginalsBuckets() throws Exception {
        Metrics metrics = new Metrics(false, true, "1");
        metrics.dequeuer(one, TYPES, new Tally());
        List<Double> buckets = page(metrics)
                .lines()
                .filter(line -> line.startsWith("ingest_storage_operation_duration_seconds_bucket")
                        && line.contains("operation=\"stat\"")
                        && !line.contains("+Inf"))
                .map(line -> Double.valueOf(line.replaceFirst(".*le=\"([^\"]*)\".*", "$1")))
                .toList();
        assertEquals(List.of(.01, .1, .3, 1., 3., 10., 30., 60., 90., 120., 240., 360., 600.), buckets, "buckets");
    }

    @Test
    void severalDestinationsHaveASeriesTogether() throws Exception {
        Metrics metrics = new Metrics(false, true, "1");
        WorkflowMetrics dequeuer = metrics.dequeuer(two, TYPES, new Tally());
        dequeuer.storageOperation("b", StorageOperation.STORE, Result.ERROR, Duration.ofMillis(20));
        dequeuer.compositeOperation(StorageOperation.STORE, Result.ERROR, Duration.ofMillis(30));
        String page = page(metrics);
        for (String labels : List.of("destination=\"b\",plugin=\"file\"", "destination=\"multi\",plugin=\"multi\"")) {
            assertTrue(
                    page.contains("ingest_storage_operations_total{destination="
                            + labels.substring(12).replace(",plugin", ",operation=\"store\",plugin")
                            + ",result=\"error\",source=\"in\",workflow=\"two\"} 1.0"),
                    labels + " in " + page);
        }
    }

    @Test
    void aModeHasOnlyItsOwnMetrics() throws Exception {
        String enqueue = page(new Metrics(true, false, "1"));
        String dequeue = page(new Metrics(false, true, "1"));
        assertFalse(enqueue.contains("ingest_dequeue_attempts"), "enqueue: " + enqueue);
        assertFalse(dequeue.contains("ingest_enqueue_attempts"), "dequeue: " + dequeue);
        assertTrue(enqueue.contains("ingest_queue_operations_total"), "both: " + enqueue);
    }

    @Test
    void whatHappensIsCountedOnThePageAndInTheTally() throws Exception {
        Metrics metrics = new Metrics(true, true, "1");
        Tally tally = new Tally();
        WorkflowMetrics enqueuer = metrics.enqueuer(one, tally);
        enqueuer.listed();
        enqueuer.listed();
        enqueuer.queued();
        enqueuer.enqueueAttempt(Result.SUCCESS);
        enqueuer.queueOperation(QueueOperation.PUBLISH, Result.SUCCESS);
        WorkflowMetrics dequeuer = metrics.dequeuer(one, TYPES, tally);
        dequeuer.copied(1000);
        dequeuer.skipped();
        dequeuer.gone();
        dequeuer.givenUp();
        dequeuer.paused("out store", "no such bucket");
        dequeuer.concurrency(3);
        dequeuer.clientOperation(ClientOperation.CLEANUP, Result.ERROR);
        metrics.instantiationFailures(2);
        assertEquals(new Tally.Counts(2, 1, 1, 1000, 1, 1, 1), tally.counts(), "tally");
        assertEquals("out store: no such bucket", tally.pause(), "pause");
        String page = page(metrics);
        for (String line : List.of(
                "ingest_enqueue_attempts_total{result=\"success\",source=\"in\",workflow=\"one\"} 1.0",
                "ingest_queue_operations_total{operation=\"publish\",result=\"success\"} 1.0",
                "ingest_client_operations_total{operation=\"cleanup\",result=\"error\",source=\"in\",workflow=\"one\"} 1.0",
                "ingest_listed_elements_total{source=\"in\",workflow=\"one\"} 2.0",
                "ingest_queued_elements_total{source=\"in\",workflow=\"one\"} 1.0",
                "ingest_elements_total{outcome=\"copied\",source=\"in\",workflow=\"one\"} 1.0",
                "ingest_copied_bytes_total{source=\"in\",workflow=\"one\"} 1000.0",
                "ingest_dead_letters_total{source=\"in\",workflow=\"one\"} 1.0",
                "ingest_workflow_paused{source=\"in\",workflow=\"one\"} 1.0",
                "ingest_workflow_concurrency{source=\"in\",workflow=\"one\"} 3.0",
                "ingest_workflow_instantiation_failures_total 2.0",
                "ingest_build_info{version=\"1\"} 1")) {
            assertTrue(page.contains(line), line + " in " + page);
        }
    }

    @Test
    void metricsOfPluginsCarryTheirLabels() throws Exception {
        Metrics metrics = new Metrics(true, true, "1");
        PluginMetrics source = metrics.plugins().of("source", "s3", "in");
        source.counter("ingest_s3_requests_total", "Requests.").accept(2);
        source.counter("ingest_s3_requests_total", "Requests.").accept(3);
        metrics.plugins().of("destination", "s3", "a").counter("ingest_s3_requests_total", "Requests.");
        source.gauge("ingest_s3_connections", "Connections.", () -> 4);
        source.gauge("ingest_s3_broken", "Broken.", () -> {
            throw new IllegalStateException("broken");
        });
        String page = page(metrics);
        for (String line : List.of(
                "ingest_s3_requests_total{component=\"source\",name=\"in\",plugin=\"s3\"} 5.0",
                "ingest_s3_requests_total{component=\"destination\",name=\"a\",plugin=\"s3\"} 0.0",
                "ingest_s3_connections{component=\"source\",name=\"in\",plugin=\"s3\"} 4.0",
                "ingest_s3_broken{component=\"source\",name=\"in\",plugin=\"s3\"} NaN")) {
            assertTrue(page.contains(line), line + " in " + page);
        }
    }

    @Test
    void metricOfAPluginThatCannotBeShownGoesNowhere() throws Exception {
        Metrics metrics = new Metrics(true, true, "1");
        PluginMetrics source = metrics.plugins().of("source", "s3", "in");
        LongConsumer taken = source.counter("ingest_enqueue_attempts_total", "Mine.");
        taken.accept(1);
        source.gauge("not allowed\n", "Wrong.", () -> 1);
        source.gauge("ingest_workflow_paused", "Mine.", () -> 7);
        String page = page(metrics);
        assertFalse(page.contains("component="), "nothing of the plugin's: " + page);
    }

    @Test
    void openMetricsIsGivenToThoseWhoAskForIt() {
        Metrics metrics = new Metrics(true, true, "1");
        assertTrue(
                metrics.contentType("application/openmetrics-text; version=1.0.0")
                        .startsWith("application/openmetrics-text"),
                "OpenMetrics");
        assertTrue(metrics.contentType(null).startsWith("text/plain; version=0.0.4"), "default");
    }

    private static String page(Metrics metrics) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.write(null, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String normalized(String line) {
        int brace = line.indexOf('{');
        String value = line.replaceFirst("\\.0$", "");
        return brace < 0 ? value : value.substring(0, brace + 1) + sorted(value.substring(brace + 1));
    }

    private static String sorted(String labels) {
        String[] parts = labels.split("} ", -1);
        return String.join(",", new TreeSet<>(List.of(parts[0].split(",", -1)))) + "} " + parts[1];
    }
}
