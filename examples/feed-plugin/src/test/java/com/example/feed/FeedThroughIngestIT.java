package com.example.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.testkit.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar in a plugins directory, and the program that finds it there. */
@Timeout(120)
class FeedThroughIngestIT {
    private final FeedServer server = new FeedServer();

    @TempDir
    private Path directory;

    FeedThroughIngestIT() throws IOException {}

    @BeforeEach
    void install() throws IOException {
        Files.createDirectory(directory.resolve("plugins"));
        Files.copy(Path.of(System.getProperty("feed.jar")), directory.resolve("plugins/feed.jar"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void filesOfTheFeedArriveInADirectory() throws Exception {
        server.put("episodes/1.mp3", new byte[] {1, 2, 3});
        server.put("episodes/2.mp3", new byte[100_000]);
        String first = ingest(0, "cleanUp: false");
        assertArrayEquals(
                new byte[] {1, 2, 3}, Files.readAllBytes(directory.resolve("archive/episodes/1.mp3")), "first file");
        assertEquals(100_000, Files.size(directory.resolve("archive/episodes/2.mp3")), first);
    }

    @Test
    void whatCannotBeRemovedIsSaid() throws Exception {
        server.put("1.mp3", new byte[] {1});
        String output = ingest(1, "cleanUp: true");
        assertTrue(Files.exists(directory.resolve("archive/1.mp3")), "it is copied all the same");
        assertTrue(output.contains("nothing can be removed from a feed"), output);
    }

    private String ingest(int expected, String key) throws Exception {
        Files.writeString(directory.resolve("config.yaml"), """
                sources:
                - {name: podcast, type: feed, url: "%s"}
                destinations:
                - {name: archive, type: file, path: archive}
                workflows:
                - {name: podcast, source: podcast, destinations: [archive], %s}
                """.formatted(server.feed(), key));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of(System.getProperty("ingest.root"), "ingest-cli/target/ingest.jar")
                                .toString(),
                        "--mode=standalone",
                        "--once",
                        "--config=config.yaml",
                        "--listen=127.0.0.1:0")
                .directory(directory.toFile());
        try (ManagedProcess process = ManagedProcess.start(directory.resolve("ingest.log"), builder)) {
            assertEquals(expected, process.exitCode(Duration.ofSeconds(60)), process::output);
            return process.output();
        }
    }
}
