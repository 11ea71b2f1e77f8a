package com.connylabs.ingest.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.testkit.fuzz.Fuzz;
import com.connylabs.ingest.testkit.fuzz.Mutator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an element is called: it is a file below the root whose path is the name, or it is refused. */
@Timeout(3600)
class FileNameFuzzTest {
    private static final String[] WORDS = {
        "/",
        "//",
        "..",
        "../",
        "./",
        "\\",
        "\u0000",
        "\n",
        "\u0007",
        "~",
        ".ingest",
        ".INGEST",
        "%2e%2e%2f",
        "😀",
        "\u202e",
        "x".repeat(255),
        "y".repeat(256),
        "C:",
        "\ud7ff",
        "*",
        "$(id)",
        "-rf",
        "a/".repeat(600)
    };

    @TempDir
    private Path directory;

    @Test
    void everyNameIsAFileBelowTheRootOrRefused() throws Exception {
        Path around = Files.createDirectory(directory.resolve("around"));
        Path root = around.resolve("root");
        byte[] content = {1, 2, 3};
        try (FileDestination destination = new FileDestination(new Root(root))) {
            Fuzz.run("names of files", 1000, Duration.ofSeconds(20), seed -> {
                String name = new Mutator(seed, WORDS).text("a/b.txt", "a", "deep/er/and/deeper", "../x");
                Codec element = Codec.of("id", name);
                try {
                    destination.stat(element);
                    destination.store(element, IngestObject.of(ObjectAttributes.unknown(), content));
                    assertArrayEquals(content, Files.readAllBytes(root.resolve(name)), name);
                    assertEquals(root.resolve(name), root.resolve(name).normalize(), name);
                    Files.delete(root.resolve(name));
                } catch (IngestException e) {
                    assertFalse(String.valueOf(e.getMessage()).contains("\n"), e.getMessage());
                    assertFalse(String.valueOf(e.getMessage()).contains("\u0007"), e.getMessage());
                }
                assertEquals(List.of(root), inside(around));
            });
        }
        assertEquals(List.of(around), inside(directory), "beside the root");
        assertFalse(Files.exists(root.resolve(FileName.RESERVED)), "what was being written");
    }

    private static List<Path> inside(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
