package com.connylabs.ingest.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of two names that a file system takes for one. */
@Timeout(60)
class ExactNamesTest {
    @TempDir
    Path root;

    private final List<FileDestination> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(FileDestination::close);
        assertFalse(Files.exists(root.resolve(".ingest")), "what was being written");
    }

    @Test
    void anotherSpellingIsRefusedAndLeavesTheFileAlone() throws Exception {
        FileDestination destination = open(new NamesThatIgnoreCase());
        store(destination, "A", "v1");
        var e = assertThrows(PermanentException.class, () -> stat(destination, "a"), "stat");
        assertTrue(String.valueOf(e.getMessage()).contains(root.resolve("A").toString()), e.getMessage());
        assertThrows(PermanentException.class, () -> store(destination, "a", "v2"), "store");
        assertEquals(List.of("A"), everything(), "what is there");
        assertEquals(Optional.of("v1"), stat(destination, "A").orElseThrow().version(), "what was stored");
    }

    @Test
    void soIsWhatIsBelowADirectoryOfAnotherSpelling() throws Exception {
        FileDestination destination = open(new NamesThatIgnoreCase());
        store(destination, "d/E/x", "v1");
        for (String name : new String[] {"d/e/x", "d/e/y", "D/E/x", "D/y"}) {
            assertThrows(PermanentException.class, () -> stat(destination, name), "stat " + name);
            assertThrows(PermanentException.class, () -> store(destination, name, "v2"), "store " + name);
        }
        assertEquals(List.of("d", "d/E", "d/E/x"), everything(), "what is there");
    }

    @Test
    void theSpellingThatIsThereIsReplaced() throws Exception {
        FileDestination destination = open(new NamesThatIgnoreCase());
        store(destination, "D/A", "v1");
        store(destination, "D/A", "v2");
        assertEquals(Optional.of("v2"), stat(destination, "D/A").orElseThrow().version(), "what was stored");
        assertEquals(List.of("D", "D/A"), everything(), "what is there");
    }

    @Test
    void whereNamesAreToldApartBothAreStored() throws Exception {
        FileDestination destination = open(Names.SYSTEM);
        store(destination, "d/a", "v1");
        store(destination, "D/a", "v2");
        store(destination, "d/A", "v3");
        store(destination, "d/a", "v4");
        assertEquals(Optional.of("v4"), stat(destination, "d/a").orElseThrow().version(), "d/a");
        assertEquals(Optional.of("v2"), stat(destination, "D/a").orElseThrow().version(), "D/a");
        assertEquals(Optional.of("v3"), stat(destination, "d/A").orElseThrow().version(), "d/A");
    }

    @Test
    void ofTwoThatAreStoredAtTheSameTimeOneIsRefused() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        List<Thread> other = new ArrayList<>();
        FileDestination destination = open(new NamesThatIgnoreCase() {
            @Override
            public BasicFileAttributes look(Path directory, String name) throws IOException, PermanentException {
                try {
                    return super.look(directory, name);
                } finally {
                    if (name.equals("A") && looks.getAndIncrement() == 0) {
                        startAndAwait(other.get(0));
                    }
                }
            }
        });
        FutureTask<?> storing = new FutureTask<>(() -> {
            store(destination, "a", "v2");
            return null;
        });
        other.add(new Thread(storing));
        store(destination, "A", "v1");
        var e = assertThrows(ExecutionException.class, storing::get, "the other one");
        assertTrue(e.getCause() instanceof PermanentException, String.valueOf(e.getCause()));
        assertEquals(List.of("A"), everything(), "what is there");
    }

    private static void startAndAwait(Thread other) {
        other.start();
        try {
            Await.until(
                    "the other one waits or is done",
                    Duration.ofSeconds(30),
                    () -> other.getState() == Thread.State.WAITING || other.getState() == Thread.State.TERMINATED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDirectoryThatSomebodyElseMadeIsLookedAt() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        FileDestination destination = open(new NamesThatIgnoreCase() {
            @Override
            public BasicFileAttributes look(Path directory, String name) throws IOException, PermanentException {
                boolean itsDirectory = name.equals("d");
                if (itsDirectory && looks.incrementAndGet() == 2) {
                    Files.move(directory.resolve("d"), directory.resolve("D")); // as which it was made
                }
                try {
                    return super.look(directory, name);
                } finally {
                    if (itsDirectory && looks.get() == 1) {
                        Files.createDirectory(directory.resolve("d"));
                    }
                }
            }
        });
        assertThrows(PermanentException.class, () -> store(destination, "d/x", "v1"), "store");
        assertEquals(List.of("D"), everything(), "what is there");
    }

    private FileDestination open(Names names) {
        FileDestination destination = new FileDestination(new Root(root), names);
        opened.add(destination);
        return destination;
    }

    private static void store(FileDestination destination, String name, String version) throws Exception {
        byte[] bytes = version.getBytes(StandardCharsets.UTF_8);
        destination.store(
                Codec.of("id", name), IngestObject.of(ObjectAttributes.unknown().withVersion(version), bytes));
    }

    private static Optional<ObjectInfo> stat(FileDestination destination, String name) throws Exception {
        return destination.stat(Codec.of("id", name));
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(path -> root.relativize(path).toString())
                    .filter(path -> !path.isEmpty() && !path.startsWith(".ingest"))
                    .sorted()
                    .toList();
        }
    }
}
