package com.connylabs.ingest.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class QuickstartIT {
    private static final Path JAR = Path.of(System.getProperty("ingest.root"), "ingest-cli", "target", "ingest.jar");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void everythingArrivesInBothDestinations() throws Exception {
        Path log = directory.resolve("ingest.log");
        boolean equal = quickstart(JAR, Redirect.to(log.toFile())).run();
        assertTrue(equal, () -> printed.toString(UTF_8) + read(log));
        assertEquals(
                "312 objects in the source, 312 in backup-1, 312 in backup-2, all equal",
                printed.toString(UTF_8).lines().reduce("", (before, line) -> line),
                "the last line");
        assertTrue(
                Files.exists(directory.resolve("quickstart/ingest-queue.db")), "the queue is where it was said to be");
    }

    @Test
    void whatDoesNotArriveIsNamed() throws Exception {
        Path doesNothing = directory.resolve("no-program.jar");
        Files.write(doesNothing, new byte[0]);
        boolean equal = quickstart(
                        doesNothing, Redirect.to(directory.resolve("log").toFile()))
                .run();
        assertFalse(equal, "nothing was copied");
        String text = printed.toString(UTF_8);
        assertTrue(text.contains("missing or different: empty.txt"), text);
        assertTrue(text.endsWith("312 objects in the source, 0 in backup-1, 0 in backup-2, NOT all equal\n"), text);
    }

    private Quickstart quickstart(Path jar, Redirect output) {
        PrintStream out = new PrintStream(printed, true, UTF_8);
        return new Quickstart(out, new Program(jar, output), directory.resolve("quickstart"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
