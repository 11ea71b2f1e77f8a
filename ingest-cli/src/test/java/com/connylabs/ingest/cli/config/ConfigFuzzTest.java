package com.connylabs.ingest.cli.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.fuzz.Fuzz;
import com.connylabs.ingest.testkit.fuzz.Mutator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is in a configuration file: a configuration, or lines that say what is wrong and where. */
@Timeout(3600)
class ConfigFuzzTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/x", "WEBHOOK_SECRET", "hush");
    private static final int MOST_LINES = 101;

    private static final String[] WORDS = {
        "\n",
        "\n  ",
        "\n- ",
        ": ",
        "- ",
        "&a ",
        "*a",
        "<<: *a",
        "<<: ",
        "{",
        "}",
        "[",
        "]",
        "|",
        ">",
        "'",
        "\"",
        "!!",
        "!<x>",
        "!!python/object:x",
        "%YAML 9.9\n",
        "---\n",
        "...\n",
        "?",
        "#",
        "\t",
        "\u0000",
        "\u0085",
        "\u2028",
        "\ud83d\ude00",
        "$",
        "${",
        "${HOME}",
        "${HOME:-",
        "${NOT_SET}",
        "$$",
        "}",
        "~",
        "null",
        "yes",
        "-1",
        "1e999",
        "99999999999999999999",
        "0x10",
        "1h",
        "-1s",
        "9999999h",
        "100000000GiB",
        "sources:",
        "destinations:",
        "workflows:",
        "name:",
        "type: s3",
        "x-y:",
        "http://[::1",
        "interval: ",
        "concurrency: ",
        "backoff: {first: 2m, max: 1s}"
    };

    private String example = "";

    @BeforeEach
    void readExample() throws IOException {
        example = Files.readString(Path.of(System.getProperty("ingest.root"), "config.example.yaml"));
    }

    @Test
    void everyFileIsAConfigurationOrRefusedInWords() {
        Fuzz.run("configuration files", 500, Duration.ofSeconds(10), seed -> {
            String text = new Mutator(seed, WORDS).text(example);
            try {
                ConfigReader.parse("config.yaml", text, ENVIRONMENT);
            } catch (InvalidConfigException e) {
                assertReadable(e);
            }
        });
    }

    @Test
    void aKeyWithControlCharactersIsShownWithoutThem() {
        refused("workflows: [{\"na\\tme\\u0007\": 1}]");
    }

    private static void assertReadable(InvalidConfigException e) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("config.yaml"), message);
        assertFalse(message.contains("hush"), "a secret in " + message);
        assertTrue(message.lines().count() <= MOST_LINES, message.lines().count() + " lines");
        boolean control = message.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c));
        assertFalse(control, "a control character in " + message);
    }

    private static void refused(String text) {
        InvalidConfigException e =
                assertThrows(InvalidConfigException.class, () -> ConfigReader.parse("config.yaml", text, ENVIRONMENT));
        assertReadable(e);
    }

    @Test
    void aliasesThatMultiplyAreRefused() {
        StringBuilder bomb = new StringBuilder("x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("x-").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
        }
        refused(bomb + example);
    }

    @Test
    void mergedMapsThatMultiplyAreRefused() {
        StringBuilder bomb = new StringBuilder("x-0: &a0 {k: v}\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("x-").append(i).append(": &a").append(i).append(" {<<: [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(10))
                    .append("*a")
                    .append(i - 1)
                    .append("]}\n");
        }
        refused(bomb + example);
    }

    @Test
    void deepNestingIsRefused() {
        refused("[".repeat(1_000_000));
        refused("{a: ".repeat(500_000));
        refused("- ".repeat(500_000));
        refused("? ".repeat(500_000));
        refused("&a ".repeat(100_000));
    }

    @Test
    void hugeValuesAreRefusedOrRead() {
        refused("sources: " + "x".repeat(4_000_000));
        refused("x".repeat(4_000_000) + ": y");
        refused("a: \"" + "\\u0000".repeat(100_000) + "\"");
        refused(example.replace("concurrency: 8", "concurrency: " + "9".repeat(1_000_000)));
        refused(example.replace("interval: 5m", "interval: " + "9".repeat(1_000_000) + "h"));
        refused("a: b\n".repeat(200_000));
        refused("sources:\n" + "- {name: a, type: b}\n".repeat(20_000));
    }
}
