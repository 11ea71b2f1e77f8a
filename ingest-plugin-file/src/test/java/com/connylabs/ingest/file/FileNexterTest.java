package com.connylabs.ingest.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.Nexter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FileNexterTest {
    @TempDir
    Path directory;

    private Path root = Path.of("");

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectory(directory.resolve("source"));
    }

    @Test
    void linksOutAndLoopsAreSkippedAndLinksToFilesInsideAreNot() throws Exception {
        Files.createFile(directory.resolve("secret"));
        Path below = Files.createDirectory(root.resolve("below"));
        Files.createFile(below.resolve("a"));
        Files.createSymbolicLink(below.resolve("up"), root);
        Files.createSymbolicLink(root.resolve("self"), Path.of("self"));
        Files.createSymbolicLink(root.resolve("out"), directory);
        Files.createSymbolicLink(root.resolve("out-file"), directory.resolve("secret"));
        Files.createSymbolicLink(root.resolve("nowhere"), Path.of("missing"));
        Files.createSymbolicLink(root.resolve("inside"), Path.of("below/a"));
        assertEquals(Set.of("below/a", "inside"), list(), "names");
    }

    @Test
    void rootMayBeALinkItself() throws Exception {
        Files.createFile(root.resolve("a"));
        root = Files.createSymbolicLink(directory.resolve("link"), root);
        assertEquals(Set.of("a"), list(), "names");
    }

    @Test
    void filesThatADestinationIsWritingAreNotListed() throws Exception {
        Files.createDirectories(root.resolve("sub/.ingest"));
        Files.createFile(root.resolve("sub/.ingest/x.tmp"));
        Files.createDirectory(root.resolve(".ingest"));
        Files.createFile(root.resolve(".ingest/x.tmp"));
        Files.createFile(root.resolve(".hidden"));
        assertEquals(Set.of(".hidden"), list(), "names");
    }

    @Test
    void whatIsNeitherFileNorDirectoryIsSkipped() throws Exception {
        run("mkfifo", root.resolve("pipe").toString());
        Files.createFile(root.resolve("a"));
        assertEquals(Set.of("a"), list(), "names");
    }

    @Test
    void deepTreeIsListed() throws Exception {
        Path deepest = root;
        for (int i = 0; i < 300; i++) {
            deepest = deepest.resolve("d");
        }
        Files.createDirectories(deepest);
        Files.createFile(deepest.resolve("a"));
        assertEquals(Set.of("d/".repeat(300) + "a"), list(), "names");
    }

    @Test
    void nameThatIsNoTextFailsTheListingAfterTheOthers() throws Exception {
        Files.createDirectory(root.resolve("b"));
        Files.createFile(root.resolve("b/c"));
        run("sh", "-c", "touch \"$0/$(printf 'a\\377')\"", root.toString());
        Files.createFile(root.resolve("z"));
        Set<String> names = new TreeSet<>();
        try (Nexter nexter = new FileSource(new Root(root)).nexter()) {
            nexter.reset();
            var e = assertThrows(EndpointException.class, () -> drain(nexter, names), "the end");
            assertTrue(String.valueOf(e.getMessage()).contains("1 entries"), "message: " + e.getMessage());
        }
        assertEquals(Set.of("b/c", "z"), names, "names");
    }

    @Test
    void namesComeInTheOrderOfTheirBytes() throws Exception {
        for (String name : List.of("a/b", "a-b", "a.txt", "a0", "ab", "\ud83d\ude00", "\uffee")) {
            Files.createDirectories(root.resolve(name).getParent());
            Files.createFile(root.resolve(name));
        }
        Files.createSymbolicLink(root.resolve("a+link"), Path.of("ab"));
        List<String> expected = List.of("a+link", "a-b", "a.txt", "a/b", "a0", "ab", "\uffee", "\ud83d\ude00");
        assertEquals(expected, List.copyOf(list()), "names");
    }

    private Set<String> list() throws Exception {
        Set<String> names = new LinkedHashSet<>();
        try (Nexter nexter = new FileSource(new Root(root)).nexter()) {
            nexter.reset();
            drain(nexter, names);
        }
        return names;
    }

    private static void drain(Nexter nexter, Set<String> names) throws Exception {
        for (Optional<Codec> next = nexter.next(); next.isPresent(); next = nexter.next()) {
            names.add(next.get().name());
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertEquals(0, process.waitFor(), "status of " + command[0]);
    }
}
