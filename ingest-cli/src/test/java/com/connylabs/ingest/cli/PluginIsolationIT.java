package com.connylabs.ingest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.cli.IngestProgram.Result;
import com.connylabs.ingest.cli.plugins.PluginJar;
import com.connylabs.ingest.cli.plugins.TestPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that was built against the API alone, dropped into {@code ./plugins}. */
class PluginIsolationIT {
    /** Has the name of a class that the program needs to decode messages, and nothing else of it. */
    private static final String OWN_JACKSON = """
            package tools.jackson.core;

            public class JsonParser {
                public static String whose() {
                    return "mine";
                }
            }
            """;

    @TempDir
    private Path dir;

    @Test
    void pluginWithItsOwnJacksonWorksAsSourceAndDestination() throws Exception {
        String plugin = TestPlugin.SOURCE.replace(
                "return \"mem\";", "return \"mem-\" + tools.jackson.core.JsonParser.whose();");
        new PluginJar()
                .source(plugin)
                .source(OWN_JACKSON)
                .provider("com.example.mem.MemPlugin")
                .write(dir.resolve("plugins/mem.jar"));
        Files.createDirectory(dir.resolve("out"));
        Files.writeString(dir.resolve("c.yaml"), """
                sources: [{name: in, type: mem-mine, at: "mem://in/"}]
                destinations:
                - {name: mem, type: mem-mine, at: "mem://out/"}
                - {name: disk, type: file, path: "%s/out"}
                workflows: [{name: w, source: in, destinations: [mem, disk]}]
                """.formatted(dir));
        Result result =
                new IngestProgram(dir).run("--mode=standalone", "--once", "--config=c.yaml", "--listen=127.0.0.1:0");
        assertEquals(0, result.code(), "exit code; " + result.err());
        assertEquals(
                "w 1 0 1 1 1 B 0 0 0",
                result.out()
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElse("")
                        .replaceAll(" +", " ")
                        .replaceAll(" [\\d.]+s$", ""),
                "summary; " + result.err());
        assertEquals("*", Files.readString(dir.resolve("out/name")), "what the plugin's source gave");
    }
}
