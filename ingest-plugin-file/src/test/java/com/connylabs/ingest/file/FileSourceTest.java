package com.connylabs.ingest.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.tck.ClientContract;
import com.connylabs.ingest.tck.NexterContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    @TempDir
    Path directory;

    private Path root = Path.of("");
    private FileSource source = new FileSource(new Root(root));

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(directory.resolve("source"));
        source = new FileSource(new Root(root));
    }

    @Nested
    class Listing extends NexterContract {
        @Override
        protected Nexter nexter() {
            return source.nexter();
        }

        @Override
        protected void put(String name, byte[] bytes) throws IOException {
            replace(name, bytes);
        }
    }

    @Nested
    class Downloading extends ClientContract {
        @Override
        protected Client client() {
            return source;
        }

        @Override
        protected Codec put(String name, byte[] bytes) throws IOException {
            return replace(name, bytes);
        }

        @Override
        protected void remove(Codec element) throws IOException {
            Files.delete(root.resolve(element.name()));
        }
    }

    @Test
    void fileThatIsWrittenInPlaceAlwaysGetsAnotherVersion() throws Exception {
        Path file = root.resolve("a");
        for (int i = 0; i < 30; i++) {
            Files.write(file, new byte[] {1});
            Codec copied = Codec.of("a", "a").withVersion(versionOf("a"));
            Files.write(file, new byte[] {2});
            assertNotEquals(copied.version(), FileVersion.of(file).toString(), "same size, an instant later");
            assertEquals(CleanUpResult.CHANGED, source.cleanUp(copied), "clean-up of what is not there any more");
        }
    }

    @Test
    void fileIsOldEnoughWhenItIsReadForItsNextChangeToShow() throws Exception {
        Path file = root.resolve("a");
        for (int i = 0; i < 20; i++) {
            Files.write(file, new byte[] {1});
            FileVersion version = PinnedFile.pin(file).version();
            Duration age = Duration.between(version.lastModified(), Instant.now());
            assertTrue(age.toMillis() >= 20, "a file system may count time in ticks that are longer than " + age);
        }
    }

    @Test
    void changeWhileReadingFailsTheRead() throws Exception {
        byte[] before = new byte[1 << 20];
        assertBroken(before, () -> Files.write(root.resolve("a"), before));
        assertBroken(before, () -> Files.write(root.resolve("a"), new byte[] {1}, StandardOpenOption.APPEND));
        assertBroken(before, () -> Files.write(root.resolve("a"), new byte[10]));
        assertBroken(before, () -> replace("a", before));
        assertBroken(before, () -> Files.delete(root.resolve("a")));
    }

    private interface Change {
        void apply() throws IOException;
    }

    private void assertBroken(byte[] before, Change change) throws Exception {
        replace("a", before);
        try (IngestObject object = source.download(Codec.of("a", "a")).orElseThrow()) {
            InputStream body = object.body();
            assertEquals(0, body.read(), "first byte");
            change.apply();
            assertThrows(IOException.class, body::readAllBytes, "the rest");
        }
    }

    @Test
    void hostileIdsAreRefused() throws Exception {
        Files.write(directory.resolve("secret"), new byte[] {1});
        Files.createSymbolicLink(root.resolve("out"), directory);
        Files.createSymbolicLink(root.resolve("out-file"), directory.resolve("secret"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        for (String id : new String[] {
            "../secret", "/etc/passwd", "out/secret", "out-file", "a/../../secret", "loop", "", ".ingest/x", "a\u0000"
        }) {
            Codec element = Codec.of(id, "a");
            assertThrows(PermanentException.class, () -> source.download(element), "download of " + id);
            assertThrows(PermanentException.class, () -> source.cleanUp(element), "clean-up of " + id);
        }
        assertTrue(Files.exists(directory.resolve("secret")), "what is outside is still there");
    }

    @Test
    void whatIsNoFileIsGone() throws Exception {
        replace("directory/a", new byte[] {1});
        Files.createSymbolicLink(root.resolve("nowhere"), Path.of("missing"));
        for (String id : new String[] {"directory", "directory/a/b", "nowhere", "missing/a"}) {
            assertEquals(Optional.empty(), source.download(Codec.of(id, id)), "download of " + id);
            assertEquals(CleanUpResult.GONE, source.cleanUp(Codec.of(id, id)), "clean-up of " + id);
        }
    }

    @Test
    void linkToAFileInsideIsReadAndOnlyTheLinkIsCleanedUp() throws Exception {
        replace("a", new byte[] {7});
        Files.createSymbolicLink(root.resolve("link"), Path.of("a"));
        Codec element = Codec.of("link", "link").withVersion(versionOf("link"));
        try (IngestObject object = source.download(element).orElseThrow()) {
            assertArrayEquals(new byte[] {7}, object.body().readAllBytes(), "content");
        }
        assertEquals(CleanUpResult.REMOVED, source.cleanUp(element), "clean-up");
        assertTrue(Files.exists(root.resolve("a")), "the file that the link led to");
    }

    @Test
    void missingRootIsTheEndpointsFaultAndNoReasonToForgetElements() throws Exception {
        Files.delete(root);
        Codec element = Codec.of("a", "a");
        assertThrows(EndpointException.class, () -> source.download(element), "download");
        assertThrows(EndpointException.class, () -> source.cleanUp(element), "clean-up");
        try (Nexter nexter = source.nexter()) {
            assertThrows(EndpointException.class, nexter::reset, "listing");
        }
    }

    private String versionOf(String id) throws Exception {
        try (IngestObject object = source.download(Codec.of(id, id)).orElseThrow()) {
            return object.attributes().version().orElseThrow();
        }
    }

    /** Puts a file as a careful program does: written beside, then renamed. */
    private Codec replace(String name, byte[] bytes) throws IOException {
        Path target = root.resolve(name);
        Files.createDirectories(target.getParent());
        Path beside = Files.write(directory.resolve("beside"), bytes);
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        return Codec.of(name, name)
                .withVersion(FileVersion.of(target).toString())
                .withSize(bytes.length);
    }
}
