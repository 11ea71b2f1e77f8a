package com.connylabs.ingest.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Part;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.Upload;
import com.connylabs.ingest.tck.MultipartContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDestinationTest {
    @TempDir
    Path directory;

    private Path root = Path.of("");
    private FileDestination destination = new FileDestination(new Root(root));

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(directory.resolve("parent")).resolve("root");
        destination = new FileDestination(new Root(root));
    }

    @AfterEach
    void nothingIsLeftBehind() {
        destination.close();
        destination.close();
        assertFalse(Files.exists(root.resolve(".ingest")), "the directory for what is being written");
    }

    @Nested
    class Contract extends MultipartContract {
        @Override
        protected MultipartStorage storage() {
            return destination;
        }

        @Override
        protected Optional<byte[]> read(String name) throws IOException {
            Path file = root.resolve(name);
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        }

        @Override
        protected void remove(String name) throws IOException {
            Files.delete(root.resolve(name));
        }

        @Override
        protected Collection<String> contents() throws IOException {
            Collection<String> everything = everything();
            everything.forEach(path -> assertTrue(Path.of(path).startsWith(root), path + " is outside"));
            return everything;
        }
    }

    @Test
    void linkThatLeadsOutIsRefused() throws Exception {
        store("a", "v1");
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createDirectory(root.resolve("inside"));
        Files.createSymbolicLink(root.resolve("in"), Path.of("inside"));
        for (String name : new String[] {"out/x", "out/sub/x"}) {
            assertThrows(PermanentException.class, () -> store(name, "v1"), "store " + name);
            assertThrows(PermanentException.class, () -> stat(name), "stat " + name);
        }
        assertEquals(List.of(), list(outside), "what is outside");
        store("in/x", "v1");
        assertTrue(Files.exists(root.resolve("inside/x")), "a link that stays inside is followed");
    }

    @Test
    void fileThatIsALinkIsReplacedAndNotWrittenThrough() throws Exception {
        store("b", "v1");
        Path outside = Files.write(directory.resolve("outside"), new byte[] {9});
        Files.createSymbolicLink(root.resolve("a"), outside);
        store("a", "v1");
        assertTrue(Files.isRegularFile(root.resolve("a"), LinkOption.NOFOLLOW_LINKS), "a file of its own");
        assertArrayEquals(new byte[] {9}, Files.readAllBytes(outside), "what the link led to");
    }

    @Test
    void nameBelowAFileOrOfADirectoryIsRefused() throws Exception {
        store("a", "v1");
        store("b/c", "v1");
        var below = assertThrows(PermanentException.class, () -> store("a/b", "v1"), "below a file");
        assertTrue(String.valueOf(below.getMessage()).contains("is not a directory"), below.getMessage());
        var instead = assertThrows(PermanentException.class, () -> store("b", "v1"), "in place of a directory");
        assertTrue(String.valueOf(instead.getMessage()).contains("is a directory"), instead.getMessage());
        assertEquals(Optional.empty(), stat("a/b"), "below a file");
        assertEquals(Optional.empty(), stat("b"), "a directory");
    }

    @Test
    void refusalShowsHostileNamesOnOneLine() {
        var e = assertThrows(PermanentException.class, () -> store("a\n" + "b".repeat(5000), "v1"), "too long");
        assertFalse(String.valueOf(e.getMessage()).contains("\n"), "one line");
        assertTrue(String.valueOf(e.getMessage()).length() < 400, "not too long");
    }

    @Test
    void recordDoesNotSpeakForAFileThatSomebodyChanged() throws Exception {
        store("a", "v1");
        assertEquals(Optional.of("v1"), stat("a").orElseThrow().version(), "as it was stored");
        byte[] bytes = Files.readAllBytes(root.resolve("a"));
        Files.write(root.resolve("a"), bytes);
        Files.setLastModifiedTime(root.resolve("a"), FileTime.from(Instant.now().plusSeconds(1)));
        Optional<String> written = stat("a").orElseThrow().version();
        assertTrue(written.isPresent() && !written.get().equals("v1"), "written in place: " + written);
        Files.delete(root.resolve("a"));
        Files.write(root.resolve("a"), bytes);
        assertEquals(Optional.empty(), stat("a").orElseThrow().version(), "made anew");
    }

    @Test
    void versionThatTheFileSystemCannotKeepIsLeftOut() throws Exception {
        store("a", "v".repeat(70_000));
        assertEquals(Optional.empty(), stat("a").orElseThrow().version(), "version");
        assertEquals(3, stat("a").orElseThrow().length().orElse(0), "length");
    }

    @Test
    void interruptEndsAStoreWhoseBodyGoesOn() throws Exception {
        InputStream large = new ByteArrayInputStream(new byte[64 << 20]) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                Thread.currentThread().interrupt();
                return super.read(into, offset, length);
            }
        };
        IngestObject object = IngestObject.of(ObjectAttributes.unknown(), large);
        assertThrows(InterruptedException.class, () -> destination.store(Codec.of("a", "a"), object), "store");
        assertTrue(large.available() > 60 << 20, "the store ended at once");
        assertEquals(List.of(), List.copyOf(everything()), "what was left behind");
    }

    @Test
    void holeBetweenPartsIsNotFilledWithZeros() throws Exception {
        try (Upload upload = destination.begin(Codec.of("a", "a"), ObjectAttributes.unknown())) {
            upload.put(new OnePart(1, 0, new byte[] {1, 2}));
            upload.put(new OnePart(3, 4, new byte[] {5, 6}));
            assertThrows(TransientException.class, () -> upload.complete(4), "length of what came");
            assertThrows(TransientException.class, () -> upload.complete(6), "length of what should have come");
        }
        assertEquals(List.of(), List.copyOf(everything()), "what was left behind");
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record OnePart(int number, long offset, byte[] bytes) implements Part {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    @Test
    void rootIsMadeOnceButNotItsParent() throws Exception {
        assertEquals(Optional.empty(), stat("a"), "nothing is there");
        assertFalse(Files.exists(root), "looking makes nothing");
        store("a", "v1");
        Files.delete(root.resolve("a"));
        destination.close();
        Files.delete(root);
        assertThrows(EndpointException.class, () -> store("a", "v1"), "a root that went away");
        FileDestination other = new FileDestination(new Root(directory.resolve("missing/root")));
        assertThrows(EndpointException.class, () -> other.store(Codec.of("a", "a"), object("v1")), "no parent");
        assertFalse(Files.exists(directory.resolve("missing")), "the parent");
    }

    @Test
    void draftsOfTheDeadAreRemovedAfterADay() throws Exception {
        Path drafts = Files.createDirectories(root.resolve(".ingest"));
        Path young = Files.createFile(drafts.resolve("young.tmp"));
        Path old = Files.createFile(drafts.resolve("old.tmp"));
        Files.setLastModifiedTime(young, FileTime.from(Instant.now().minus(Duration.ofHours(23))));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        destination.discardUnfinished(Instant.now().minus(Duration.ofHours(24)));
        assertTrue(Files.exists(young), "it may be in use");
        assertFalse(Files.exists(old), "nobody writes it any more");
        Files.delete(young);
    }

    private void store(String name, String version) throws Exception {
        destination.store(Codec.of("id", name), object(version));
    }

    private static IngestObject object(String version) {
        return IngestObject.of(ObjectAttributes.unknown().withVersion(version), new byte[] {1, 2, 3});
    }

    private Optional<ObjectInfo> stat(String name) throws Exception {
        return destination.stat(Codec.of("id", name));
    }

    /** Every file, every directory outside of the root, and every empty directory in it. */
    private Collection<String> everything() throws IOException {
        List<Path> known = List.of(directory, directory.resolve("parent"), root, root.resolve(".ingest"));
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> !known.contains(path))
                    .filter(path -> !path.startsWith(root)
                            || !Files.isDirectory(path)
                            || list(path).isEmpty())
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> list(Path path) {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
