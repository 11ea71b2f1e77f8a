package com.example.urls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.ManagedProcess;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README says to do works with the program as it is. */
@Timeout(120)
class ReadmeIT {
    private static final Path JAR = Readme.ROOT.resolve("ingest-cli/target/ingest.jar");

    @TempDir
    private Path directory;

    @Test
    void theExampleOfEveryKeyLoads() throws Exception {
        String plan = ingest(0, Map.of(), "--dry-run", "--config=" + Readme.ROOT.resolve("config.example.yaml"));
        assertTrue(plan.contains("photos-to-backup") && plan.contains("inbox"), plan);
        assertTrue(!plan.contains("does not know this key"), plan);
    }

    @Test
    void theShortConfigurationLoads() throws Exception {
        Path config = Files.writeString(directory.resolve("config.yaml"), Readme.block("yaml", "foo_1-bar_1"));
        String plan =
                ingest(0, Map.of("SOURCE_SECRET", "a", "DESTINATION_SECRET", "b"), "--dry-run", "--config=" + config);
        assertTrue(plan.contains("foo_1-bar_1"), plan);
    }

    @Test
    void thePluginCopiesWhatItLists() throws Exception {
        Files.createDirectory(directory.resolve("plugins"));
        Files.copy(Path.of(System.getProperty("plugin.jar")), directory.resolve("plugins/urls.jar"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/pages/a.txt", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("hello".getBytes(UTF_8));
            }
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            Path config = Files.writeString(directory.resolve("config.yaml"), """
                    sources:
                    - {name: pages, type: urls, urls: ["%s/pages/a.txt", "%s/pages/gone.txt"]}
                    destinations:
                    - {name: copies, type: file, path: copies}
                    workflows:
                    - {name: pages, source: pages, destinations: [copies]}
                    """.formatted(base, base));
            ingest(0, Map.of(), "--mode=standalone", "--once", "--config=" + config, "--listen=127.0.0.1:0");
        } finally {
            server.stop(0);
        }
        assertEquals("hello", Files.readString(directory.resolve("copies/pages/a.txt")), "what was copied");
    }

    @Test
    void everyFlagIsExplainedAndIsThere() throws Exception {
        String text = Readme.text();
        String section = text.substring(text.indexOf("## Command line"), text.indexOf("## Deployment"));
        assertEquals(
                flags("(?m)^ .*?(--[a-z-]+)", ingest(0, Map.of(), "--help")),
                flags("(?m)^\\| `.*?(--[a-z-]+)", section));
    }

    @Test
    void everyFlagOfDeadLettersIsExplainedAndIsThere() throws Exception {
        String text = Readme.text();
        String section = text.substring(text.indexOf("### Dead letters"), text.indexOf("### systemd"));
        Set<String> flags = new TreeSet<>();
        for (String command : List.of("list", "show", "replay", "purge")) {
            assertTrue(section.contains("java -jar ingest.jar dead-letters " + command + " "), command);
            flags.addAll(flags("(?m)^ .*?(--[a-z-]+)", ingest(0, Map.of(), "dead-letters", command, "--help")));
        }
        flags.removeAll(flags("(?m)^ .*?(--[a-z-]+)", ingest(0, Map.of(), "--help")));
        assertEquals(flags, flags("(?m)^\\| `.*?(--[a-z-]+)", section));
    }

    private static Set<String> flags(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String ingest(int expected, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        // A log is appended to, and what one command printed is not what another did.
        Path log = Files.createTempFile(directory, "ingest", ".log");
        try (ManagedProcess process = ManagedProcess.start(log, builder)) {
            int code = process.exitCode(Duration.ofSeconds(60));
            assertEquals(expected, code, process::output);
            return process.output();
        }
    }
}
