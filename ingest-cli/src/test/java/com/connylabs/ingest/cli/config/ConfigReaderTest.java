package com.connylabs.ingest.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.core.Backoff;
import com.connylabs.ingest.core.dequeue.Limits;
import com.connylabs.ingest.core.dequeue.OnChange;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    /** The configuration that the original's README shows. */
    private static final String README = """
            sources:
            - name: foo_1
              type: s3
              endpoint: source.amazon.com
              bucket: source
              prefix: prefix/
              accessKeyID: key
              secretAccessKey: secret
            destinations:
            - name: bar_1
              type: s3
              endpoint: destination.amazon.com
              insecure: true
              bucket: destination
              prefix: prefix1/
              metafilesPrefix: meta/
              accessKeyID: key
              secretAccessKey: secret
            workflows:
            - name: foo_1-bar_1
              source: foo_1
              destinations:
              - bar_1
              batchSize: 1
              interval: 300s
              cleanUp: true
              webhook: http://localhost:8080
            """;

    @Test
    void configurationOfTheOriginalsReadmeLoads() throws Exception {
        Config config = ConfigReader.parse("config.yaml", README, Map.of());
        WorkflowConfig workflow = config.workflows().get(0);
        assertEquals("foo_1-bar_1", workflow.name(), "name");
        assertEquals("foo_1", workflow.source(), "source");
        assertEquals(List.of("bar_1"), workflow.destinations(), "destinations");
        assertEquals(Duration.ofMinutes(5), workflow.interval(), "interval");
        assertEquals(1, workflow.copy().copying().concurrency(), "concurrency follows batchSize");
        assertTrue(workflow.copy().copying().cleanUp(), "cleanUp");
        assertEquals(
                URI.create("http://localhost:8080"),
                workflow.copy().webhook().orElseThrow().url(),
                "webhook");
        assertEquals("s3", config.sources().get(0).type(), "type");
        assertEquals(
                Map.of(
                        "endpoint", "source.amazon.com",
                        "bucket", "source",
                        "prefix", "prefix/",
                        "accessKeyID", "key",
                        "secretAccessKey", "secret"),
                config.sources().get(0).values(),
                "what the plugin gets");
    }

    @Test
    void defaultsAreThoseOfTheOriginal() throws Exception {
        WorkflowConfig workflow = workflow("");
        assertEquals(Duration.ofMinutes(5), workflow.interval(), "interval");
        assertEquals(8, workflow.copy().copying().concurrency(), "concurrency");
        assertFalse(workflow.copy().copying().cleanUp(), "cleanUp");
        assertTrue(workflow.copy().webhook().isEmpty(), "webhook");
        assertEquals(OnChange.COPY, workflow.copy().copying().onChange(), "onChange");
        assertEquals(Limits.NONE, workflow.copy().copying().limits(), "bandwidthLimit, requestRate");
        assertEquals(Duration.ofSeconds(30), workflow.copy().retries().ackWait(), "ackWait");
        assertEquals(10, workflow.copy().retries().attempts(), "attempts");
        assertEquals(Backoff.DEFAULT, workflow.copy().retries().backoff(), "backoff");
    }

    @Test
    void everyKeyOfAWorkflowIsRead() throws Exception {
        WorkflowConfig workflow = workflow("""
                  cleanUp: yes
                  interval: 0
                  batchSize: 3
                  concurrency: 5
                  webhook: https://example.com/hook
                  webhookSecret: hush
                  ackWait: 5s
                  attempts: 4
                  backoff: {first: 250ms, max: 1m30s}
                  onChange: skip
                  bandwidthLimit: 20MiB
                  requestRate: 200
                """);
        CopyConfig copy = workflow.copy();
        assertEquals(Duration.ZERO, workflow.interval(), "interval");
        assertTrue(copy.copying().cleanUp(), "cleanUp");
        assertEquals(3, copy.webhook().orElseThrow().batchSize(), "batchSize");
        assertEquals(5, copy.copying().concurrency(), "concurrency");
        assertEquals("hush", copy.webhook().orElseThrow().secret().orElseThrow().reveal(), "webhookSecret");
        assertEquals(Duration.ofSeconds(5), copy.retries().ackWait(), "ackWait");
        assertEquals(4, copy.retries().attempts(), "attempts");
        assertEquals(
                new Backoff(Duration.ofMillis(250), Duration.ofSeconds(90)),
                copy.retries().backoff(),
                "backoff");
        assertEquals(OnChange.SKIP, copy.copying().onChange(), "onChange");
        assertEquals(
                new Limits(OptionalLong.of(20 << 20), OptionalLong.of(200)),
                copy.copying().limits(),
                "bandwidthLimit, requestRate");
        assertFalse(workflow.toString().contains("hush"), "a secret must not be shown: " + workflow);
    }

    @Test
    void keysMatchWithoutRegardToCaseAndVersionIsIgnored() throws Exception {
        Config config = ConfigReader.parse(
                "config.yaml",
                "VERSION: '1'\n" + README.replace("sources", "Sources").replace("batchSize", "BATCHSIZE"),
                Map.of());
        assertEquals(1, config.workflows().get(0).copy().copying().concurrency(), "batchSize");
    }

    @Test
    void everythingWrongIsReportedAtOnceInTheOrderOfTheFile() {
        assertEquals(
                List.of(
                        "config.yaml:4: sources[1].name: duplicate source \"a\", first at sources[0] in line 2",
                        "config.yaml:6: destinations[0].type: is required",
                        "config.yaml:8: workflows[0].name: a workflow's name is made of letters, digits, _ and - only",
                        "config.yaml:9: workflows[0].source: there is no source \"aa\"; did you mean \"a\"?",
                        "config.yaml:10: workflows[0].destinations[1]: there is no destination \"zzz\"",
                        "config.yaml:11: workflows[0].interval: expected a duration such as 300s or 1h30m, found \"5 min\"",
                        "config.yaml:12: workflows[0].batchsizes: unknown key; did you mean \"batchSize\"?",
                        "config.yaml:13: workflows[0].concurrency: expected a whole number from 1 to 10000, found \"-1\"",
                        "config.yaml:14: workflows[0].webhook: expected an http or https URL, found \"ftp://x\"",
                        "config.yaml:15: workflows[0].cleanUp: expected true or false, found \"2\"",
                        "config.yaml:16: workflow: unknown key; did you mean \"workflows\"?"),
                problems("""
                        sources:
                        - name: a
                          type: s3
                        - name: a
                          type: s3
                        destinations: [{name: b}]
                        workflows:
                        - name: x.y
                          source: aa
                          destinations: [b, zzz]
                          interval: 5 min
                          batchsizes: 3
                          concurrency: -1
                          webhook: ftp://x
                          cleanUp: 2
                        workflow: {}
                        """));
    }

    @Test
    void wrongTypesAreNamed() {
        assertEquals(
                List.of(
                        "config.yaml:1: sources: expected a list of maps, found a map",
                        "config.yaml:2: destinations[0]: expected a map, found a value",
                        "config.yaml:3: workflows[0].name: expected a text, found a list",
                        "config.yaml:3: workflows[0].source: is required",
                        "config.yaml:3: workflows[0].destinations: at least one destination is required"),
                problems("sources: {}\ndestinations: [x]\nworkflows: [{name: [a]}]\n"));
    }

    @Test
    void anEmptyTextInQuotesIsAsIfItWereNotThere() throws Exception {
        WorkflowConfig workflow = workflow("""
                  webhook: ''
                  webhookSecret: ''
                  interval: ''
                """);
        assertEquals(Optional.empty(), workflow.copy().webhook(), "webhook");
        assertEquals(Duration.ofMinutes(5), workflow.interval(), "interval");
        WorkflowConfig unsigned = workflow("""
                  webhook: https://example.com
                  webhookSecret: ''
                """);
        assertEquals(Optional.empty(), unsigned.copy().webhook().orElseThrow().secret(), "secret");
        assertEquals(
                List.of(
                        "config.yaml:1: workflows[0].name: is required",
                        "config.yaml:1: workflows[0].source: is required",
                        "config.yaml:1: workflows[0].destinations[0]: expected a text, found nothing",
                        "config.yaml:1: workflows[0].destinations: at least one destination is required"),
                problems("workflows: [{name: '', source: '', destinations: ['']}]\n"));
    }

    @Test
    void emptyConfigurationIsRefused() {
        assertEquals(
                List.of("config.yaml: expected a map with sources, destinations and workflows, found nothing"),
                problems(""));
        assertEquals(
                List.of("config.yaml:1: workflows: at least one workflow is required"), problems("workflows: []\n"));
    }

    @Test
    void workflowOfTheSameNameIsNamedWithTheFirst() {
        String twice = README + README.substring(README.indexOf("- name: foo_1-bar_1"));
        assertEquals(
                List.of("config.yaml:28: workflows[1].name: duplicate workflow \"foo_1-bar_1\","
                        + " first at workflows[0] in line 20"),
                problems(twice));
    }

    @Test
    void topLevelKeysThatBeginWithXHoldWhatAliasesReferTo() throws Exception {
        Config config = ConfigReader.parse(
                "config.yaml",
                "x-common: &c {cleanUp: true}\n" + README.replace("  cleanUp: true", "  <<: *c"),
                Map.of());
        assertTrue(config.workflows().get(0).copy().copying().cleanUp(), "merged cleanUp");
    }

    @Test
    void missingFileIsOneLine(@TempDir Path dir) {
        Path missing = dir.resolve("none.yaml");
        Exception e = assertThrows(InvalidConfigException.class, () -> ConfigReader.read(missing, Map.of()));
        assertEquals(missing + ": no such file; name the configuration with --config=FILE", e.getMessage());
    }

    @Test
    void binaryFileIsOneLine(@TempDir Path dir) throws Exception {
        Path file = Files.write(dir.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
        Exception e = assertThrows(InvalidConfigException.class, () -> ConfigReader.read(file, Map.of()));
        assertEquals(file + ": is not UTF-8 text", e.getMessage());
    }

    @Test
    void byteOrderMarkIsSkipped(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("bom.yaml"), "\uFEFF" + README);
        assertEquals(1, ConfigReader.read(file, Map.of()).workflows().size(), "workflows");
    }

    @Test
    void anyChangeOfAConfigurationIsReadOrRefusedLineByLine() {
        Random random = new Random(11);
        String alphabet = "ab:- \n[]{}&*<!|>'\"#,?%@`~$\t01";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder changed = new StringBuilder(README);
            for (int change = 0; change <= random.nextInt(3); change++) {
                int at = random.nextInt(changed.length());
                changed.replace(at, at + random.nextInt(2), alphabet.charAt(random.nextInt(alphabet.length())) + "");
            }
            try {
                ConfigReader.parse("config.yaml", changed.toString(), Map.of());
            } catch (InvalidConfigException e) {
                assertTrue(e.getMessage().lines().allMatch(line -> line.startsWith("config.yaml")), e.getMessage());
            }
        }
    }

    private static WorkflowConfig workflow(String keys) throws InvalidConfigException {
        String start = """
                sources: [{name: a, type: s3}]
                destinations: [{name: b, type: s3}]
                workflows:
                - name: w
                  source: a
                  destinations: b
                """;
        return ConfigReader.parse("config.yaml", start + keys, Map.of())
                .workflows()
                .get(0);
    }

    private static List<String> problems(String yaml) {
        return assertThrows(InvalidConfigException.class, () -> ConfigReader.parse("config.yaml", yaml, Map.of()))
                .getMessage()
                .lines()
                .toList();
    }
}
