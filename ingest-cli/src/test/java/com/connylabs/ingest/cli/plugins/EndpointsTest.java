package com.connylabs.ingest.cli.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.cli.config.Config;
import com.connylabs.ingest.cli.config.ConfigReader;
import com.connylabs.ingest.cli.config.InvalidConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
    private static final String CONFIG = """
            sources:
            - {name: in, type: mem, at: "mem://in/"}
            - {name: unused, type: nothing}
            destinations:
            - {name: one, type: mem, at: "mem://one/"}
            - {name: two, type: mem, at: "mem://two/"}
            - {name: unused, type: nothing}
            workflows:
            - {name: first, source: in, destinations: [one]}
            - {name: second, source: in, destinations: [one, two]}
            """;

    @TempDir
    private Path dir;

    private PluginRegistry registry;

    @BeforeEach
    void writePlugin() throws Exception {
        TestPlugin.jar().write(dir.resolve("plugins/mem.jar"));
        registry = new PluginRegistry(List.of(dir.resolve("plugins")));
        System.clearProperty("mem.closed");
    }

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void eachIsMadeOnceOnlyIfUsedAndClosedInReverse() throws Exception {
        List<String> made = new ArrayList<>();
        PluginMetricsFactory metrics = (component, plugin, name) -> {
            made.add(component + " " + plugin + " " + name);
            return PluginMetricsFactory.NONE.of(component, plugin, name);
        };
        try (Endpoints endpoints = Endpoints.open(read(CONFIG), true, registry, metrics)) {
            assertEquals(2, endpoints.workflows().size(), "workflows");
            assertEquals(Set.of("in"), endpoints.sources().keySet(), "sources");
            assertEquals(Set.of("one", "two"), endpoints.destinations().keySet(), "destinations");
            assertEquals("mem", endpoints.destinationType("two"), "type");
        }
        assertEquals(List.of("source mem in", "destination mem one", "destination mem two"), made, "made");
        assertEquals("two one in ", System.getProperty("mem.closed"), "closed");
    }

    @Test
    void whatOnlyAWorkflowThatWasLeftOutUsesIsNotAmongThem() throws Exception {
        String config = CONFIG.replace("- {name: first, source: in", "- {name: first, source: other")
                        .replace("type: mem, at: \"mem://one/\"", "type: men")
                        .replace("destinations: [one, two]", "destinations: [two]")
                + "- {name: third, source: in, destinations: [two]}\n";
        try (Endpoints endpoints = Endpoints.open(
                read(config.replace("sources:", "sources:\n- {name: other, type: mem, at: \"mem://other/\"}")),
                false,
                registry,
                PluginMetricsFactory.NONE)) {
            assertEquals(Set.of("in"), endpoints.sources().keySet(), "sources");
            assertEquals(Set.of("two"), endpoints.destinations().keySet(), "destinations");
        }
        assertEquals("two in other ", System.getProperty("mem.closed"), "closed all the same");
    }

    @Test
    void whatAPluginRefusesIsReportedWithItsPlace() {
        String wrong = CONFIG.replace(", at: \"mem://in/\"", "").replace("type: mem, at: \"mem://two/\"", "type: men");
        List<String> lines = problems(wrong);
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(0).endsWith("c.yaml:2: sources[0].at: is required"), lines.get(0));
        assertTrue(
                lines.get(1)
                        .contains("c.yaml:6: destinations[1].type: there is no plugin \"men\"; did you mean \"mem\"?"),
                lines.get(1));
    }

    @Test
    void overlapIsRefused() {
        String message = problems(CONFIG.replace("mem://two/", "mem://in/a/")).get(0);
        assertTrue(
                message.endsWith(
                        "c.yaml:10: workflows[1]: destination \"two\" (mem://in/a/) and source \"in\" (mem://in/)"
                                + " overlap, so that copies would be listed and copied again;"
                                + " give them buckets, prefixes or directories apart from each other"),
                message);
    }

    @Test
    void withoutStrictnessTheOtherWorkflowsStart() throws Exception {
        Config config = read(CONFIG.replace("mem://two/", "mem://in/"));
        try (Endpoints endpoints = Endpoints.open(config, false, registry, PluginMetricsFactory.NONE)) {
            assertEquals(1, endpoints.workflows().size(), "workflows");
            assertEquals("first", endpoints.workflows().get(0).name(), "the one that can start");
            assertEquals(1, endpoints.skipped().size(), "skipped");
        }
    }

    @Test
    void withoutStrictnessAtLeastOneWorkflowMustStart() throws Exception {
        Config config = read(CONFIG.replace("at: \"mem://in/\"", "at: ''"));
        assertThrows(
                InvalidConfigException.class, () -> Endpoints.open(config, false, registry, PluginMetricsFactory.NONE));
        assertEquals("two one ", System.getProperty("mem.closed"), "what was made is closed again");
    }

    private List<String> problems(String yaml) {
        return assertThrows(
                        InvalidConfigException.class,
                        () -> Endpoints.open(read(yaml), true, registry, PluginMetricsFactory.NONE))
                .getMessage()
                .lines()
                .toList();
    }

    private Config read(String yaml) throws Exception {
        return ConfigReader.read(Files.writeString(dir.resolve("c.yaml"), yaml), Map.of());
    }
}
