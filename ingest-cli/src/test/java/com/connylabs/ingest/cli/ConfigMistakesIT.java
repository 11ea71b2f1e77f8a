package com.connylabs.ingest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.cli.IngestProgram.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that people make in a configuration: each one line, each exit code 2. */
class ConfigMistakesIT {
    private static final String CONFIG = """
            sources:
            - {name: in, type: file, path: /in}
            destinations:
            - {name: out, type: file, path: /out}
            workflows:
            - name: w
              source: in
              destinations: [out]
            """;

    @TempDir
    private Path dir;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        "duplicate name",
                        CONFIG.replace("destinations:\n- ", "- {name: in, type: file, path: /b}\ndestinations:\n- "),
                        "c.yaml:3: sources[1].name: duplicate source \"in\", first at sources[0] in line 2"),
                Arguments.of(
                        "unknown source",
                        CONFIG.replace("source: in", "source: inn"),
                        "c.yaml:7: workflows[0].source: there is no source \"inn\"; did you mean \"in\"?"),
                Arguments.of(
                        "unknown destination",
                        CONFIG.replace("[out]", "[backup]"),
                        "c.yaml:8: workflows[0].destinations[0]: there is no destination \"backup\""),
                Arguments.of(
                        "unknown plugin",
                        CONFIG.replace("in, type: file", "in, type: fille"),
                        "c.yaml:2: sources[0].type: there is no plugin \"fille\"; did you mean \"file\"?; looked in "),
                Arguments.of(
                        "bad duration",
                        CONFIG + "  interval: 5 minutes\n",
                        "c.yaml:9: workflows[0].interval: expected a duration such as 300s or 1h30m, found \"5 minutes\""),
                Arguments.of(
                        "bad YAML",
                        CONFIG.replace("[out]", "[out"),
                        "c.yaml:9: not valid YAML: while parsing a flow sequence, expected ',' or ']', but got "),
                Arguments.of(
                        "unset variable",
                        CONFIG.replace("/in", "$NO_SUCH_VARIABLE/in"),
                        "c.yaml:2: sources[0].path: environment variable NO_SUCH_VARIABLE is not set; set it, or write"
                                + " ${NO_SUCH_VARIABLE:-default}, or $$ for a dollar sign"),
                Arguments.of(
                        "missing key of a plugin",
                        CONFIG.replace(", path: /in", ""),
                        "c.yaml:2: sources[0].path: is required"),
                Arguments.of(
                        "misspelt key",
                        CONFIG + "  cleanup_: true\n",
                        "c.yaml:9: workflows[0].cleanup_: unknown key; did you mean \"cleanUp\"?"),
                Arguments.of(
                        "bad webhook",
                        CONFIG + "  webhook: localhost:8080\n",
                        "c.yaml:9: workflows[0].webhook: expected an http or https URL, found \"localhost:8080\""),
                Arguments.of(
                        "source in destination",
                        CONFIG.replace("/out", "/in/copies"),
                        "c.yaml:6: workflows[0]: destination \"out\" (file:///in/copies/) and source \"in\" (file:///in/)"
                                + " overlap, "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isOneLineThatAPersonCanActOn(String name, String yaml, String line) throws Exception {
        Files.writeString(dir.resolve("c.yaml"), yaml);
        Result result =
                new IngestProgram(dir).run("--mode=standalone", "--once", "--config=c.yaml", "--log-level=error");
        assertEquals(2, result.code(), "exit code; " + result.err());
        assertTrue(result.err().startsWith(line), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals("", result.out(), "standard output");
    }

    @Test
    void missingFileIsOneLine() throws Exception {
        Result result = new IngestProgram(dir).run("--mode=standalone");
        assertEquals(2, result.code(), "exit code");
        assertEquals(
                dir.resolve(".config/ingest/config") + ": no such file; name the configuration with --config=FILE\n",
                result.err(),
                "standard error");
    }
}
