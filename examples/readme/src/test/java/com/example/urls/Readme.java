package com.example.urls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The project's README, and what lies beside it. */
final class Readme {
    static final Path ROOT = Path.of(System.getProperty("ingest.root"));

    private Readme() {}

    static String text() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    /** The code blocks of a language, without their fences. */
    static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The one block that has this in it. */
    static String block(String language, String text) throws IOException {
        List<String> found =
                blocks(language).stream().filter(block -> block.contains(text)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " blocks of " + language + " with " + text);
        }
        return found.get(0);
    }
}
