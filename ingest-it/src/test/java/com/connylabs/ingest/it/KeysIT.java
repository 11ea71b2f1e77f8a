package com.connylabs.ingest.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.s3.S3Stub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names from a source are hostile: they arrive as they are, or are refused, and never go anywhere else. */
@Timeout(300)
class KeysIT {
    private static final List<String> HOSTILE = List.of(
            "a b+c%2F.txt",
            "ünï/😀",
            "a//b",
            "./x",
            "../x",
            "../../../../tmp/x",
            "/absolute",
            "trailing/",
            "new\nline",
            "bell\u0007",
            "quote\"'<>&",
            "back\\slash",
            "k".repeat(1019));

    @TempDir
    private Path directory;

    private static void fill(S3Stub stub) {
        for (String key : HOSTILE) {
            stub.put("source", "data-" + key, key.getBytes(UTF_8), Map.of());
        }
    }

    @Test
    void arriveExactlyAsTheyAreInAnotherBucket() throws Exception {
        try (S3Stub stub = S3Stub.start("source", "target");
                Store store = Store.of(stub)) {
            fill(stub);
            Ingest ingest = new Ingest(directory);
            // The prefix has no trailing slash: it is a part of the keys, and is taken away from them.
            ingest.config("sources:\n" + store.yaml("origin", "source", "prefix: data-", "recursive: true")
                    + "destinations:\n" + store.yaml("to", "target")
                    + "workflows:\n- {name: work, source: origin, destinations: [to]}\n");
            Ingest.End end = ingest.run("--mode=standalone", "--config=config.yaml", "--once", "--listen=127.0.0.1:0");
            assertEquals(0, end.code(), end.output());
            for (String key : HOSTILE) {
                // The contract with the original: one leading slash of a name is dropped.
                String expected = key.startsWith("/") ? key.substring(1) : key;
                assertArrayEquals(
                        key.getBytes(UTF_8),
                        stub.object("target", expected)
                                .orElseThrow(() -> missing(stub, expected))
                                .body());
            }
            assertEquals(HOSTILE.size(), stub.keys("target").size());
            assertEquals(HOSTILE.size(), stub.count("CopyObject"), "copied by the store itself");
            assertEquals(0, stub.count("GetObject"), "downloads");
        }
    }

    private static AssertionError missing(S3Stub stub, String key) {
        return new AssertionError("not there: " + key + "; there are " + stub.keys("target"));
    }

    @Test
    void areRefusedByADirectoryThatCannotHaveThemAndNothingIsWrittenElsewhere() throws Exception {
        Path root = Files.createDirectories(directory.resolve("around/root"));
        try (S3Stub stub = S3Stub.start("source");
                Store store = Store.of(stub)) {
            fill(stub);
            Ingest ingest = new Ingest(directory);
            ingest.config("sources:\n" + store.yaml("origin", "source", "prefix: data-", "recursive: true")
                    + "destinations:\n- name: to\n  type: file\n  path: " + root + "\n"
                    + "workflows:\n- {name: work, source: origin, destinations: [to]}\n");
            Ingest.End end = ingest.run("--mode=standalone", "--config=config.yaml", "--once", "--listen=127.0.0.1:0");
            assertEquals(1, end.code(), end.output());
            assertTrue(Files.exists(root.resolve("a b+c%2F.txt")), end.output());
            assertTrue(Files.exists(root.resolve("ünï/😀")), end.output());
            assertFalse(Files.exists(root.resolve("x")), "../x or ./x went astray");
            assertEquals(List.of("root"), names(directory.resolve("around")));
            assertTrue(end.output().contains("../x"), "the refusal names the element:\n" + end.output());
            assertFalse(end.output().contains("\u0007"), "a control character reached the log");
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return List.copyOf(new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList()));
        }
    }
}
