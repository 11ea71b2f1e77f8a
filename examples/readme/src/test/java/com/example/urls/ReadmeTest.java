package com.example.urls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Za-z]+)`", Pattern.MULTILINE);

    @Test
    void thePluginIsShownAsItIs() throws IOException {
        Path source = Readme.ROOT.resolve("examples/readme/src/main/java/com/example/urls/UrlsPlugin.java");
        assertEquals(Files.readString(source), Readme.block("java", "UrlsPlugin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/design.md", "docs/compatibility.md"})
    void linksLeadSomewhere(String document) throws IOException {
        Path file = Readme.ROOT.resolve(document);
        List<MatchResult> links = LINK.matcher(Files.readString(file)).results().toList();
        for (MatchResult link : links) {
            Path target = link.group(1).isEmpty() ? file : file.resolveSibling(link.group(1));
            assertTrue(Files.exists(target), () -> "there is no " + target);
            if (link.group(2) != null) {
                assertTrue(anchors(target).contains(link.group(2)), () -> "there is no heading " + link.group());
            }
        }
        assertTrue(!links.isEmpty(), "there are links");
    }

    private static List<String> anchors(Path document) throws IOException {
        return HEADING.matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void everyKeyThatIsExplainedIsInTheExample() throws IOException {
        String text = Readme.text();
        String reference = text.substring(text.indexOf("## Configuration"), text.indexOf("## Command line"));
        String example = Files.readString(Readme.ROOT.resolve("config.example.yaml"));
        List<String> keys =
                ROW.matcher(reference).results().map(row -> row.group(1)).toList();
        assertTrue(keys.size() > 25, keys::toString);
        for (String key : keys) {
            assertTrue(Pattern.compile("\\b" + key + ":").matcher(example).find(), key);
        }
    }

    @Test
    void everyKeyOfTheExampleIsExplained() throws IOException {
        String example = Files.readString(Readme.ROOT.resolve("config.example.yaml"));
        String text = Readme.text();
        Pattern key = Pattern.compile("^[ #-]*([a-zA-Z]+): ", Pattern.MULTILINE);
        List<String> keys = key.matcher(example.substring(example.indexOf("sources:")))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
        assertTrue(keys.size() > 25, keys::toString);
        for (String name : keys) {
            assertTrue(text.contains("`" + name + "`") || text.contains(name + ": "), name);
        }
    }

    @Test
    void theChecksAreTheCommandOfTheReadme() throws IOException {
        String command = Readme.block("sh", "mvn -B").strip();
        String script = Files.readString(Readme.ROOT.resolve(".ci/run"));
        assertTrue(script.contains("\n" + command + "\n"), command);
        assertTrue(Files.isExecutable(Readme.ROOT.resolve(".ci/run")), "executable");
        assertTrue(
                Files.readString(Readme.ROOT.resolve(".github/workflows/ci.yml"))
                        .contains("run: .ci/run"),
                "the same checks elsewhere");
    }
}
