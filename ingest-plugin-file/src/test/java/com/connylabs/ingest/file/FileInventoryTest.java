package com.connylabs.ingest.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.ListableStorage;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Upload;
import com.connylabs.ingest.tck.InventoryContract;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a directory shows of what it has, and what not. */
class FileInventoryTest extends InventoryContract {
    @TempDir
    private Path directory;

    private Path root = Path.of("");
    private FileDestination destination = new FileDestination(new Root(root));

    @BeforeEach
    void open() {
        root = directory.resolve("root");
        destination = new FileDestination(new Root(root));
    }

    @AfterEach
    void close() {
        destination.close();
    }

    @Override
    protected ListableStorage storage() {
        return destination;
    }

    @Override
    protected void remove(String name) throws IOException {
        Files.delete(root.resolve(name));
    }

    /** Each is brought to the disk. {@link WalkTest} has more names than there is room for. */
    @Override
    protected int many() {
        return 300;
    }

    @Test
    void whatIsBeingWrittenIsNotShown() throws Exception {
        store("a", "v1");
        try (Upload upload = destination.begin(Codec.of("b", "b"), ObjectAttributes.unknown())) {
            try (Stream<Path> drafts = Files.list(root.resolve(FileName.RESERVED))) {
                assertEquals(1, drafts.count(), "drafts");
            }
            assertEquals(List.of("a"), names(), "names");
            assertEquals(Optional.empty(), destination.stat(Codec.of("b", "b")), "as stat says: " + upload);
        }
    }

    @Test
    void onlyFilesAreShown() throws Exception {
        store("directory/a", "v1");
        Files.createSymbolicLink(root.resolve("file-link"), Path.of("directory/a"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("directory"));
        Files.createSymbolicLink(root.resolve("nowhere"), Path.of("missing"));
        Files.createDirectory(root.resolve("empty"));
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path name = root.toAbsolutePath().resolve("socket");
            // From here, because the name of a socket may have a hundred bytes at the most.
            socket.bind(UnixDomainSocketAddress.of(Path.of("").toAbsolutePath().relativize(name)));
            assertEquals(List.of("directory/a"), names(), "names");
        }
    }

    @Test
    void whatTheRecordDoesNotSpeakForProvesNothing() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            store(name, "v1");
        }
        Files.write(root.resolve("b"), new byte[] {4, 5, 6});
        Files.setLastModifiedTime(root.resolve("b"), FileTime.from(Instant.now().plusSeconds(1)));
        Files.write(Files.createFile(directory.resolve("c")), new byte[] {4, 5, 6});
        Files.move(
                directory.resolve("c"),
                Files.createDirectory(root.resolve("moved")).resolve("c"));
        store("d", "v".repeat(3_000));
        assertEquals(Optional.of("v1"), entry("a").version(), "as it was stored");
        assertEquals(OptionalLong.of(3), entry("b").length(), "length");
        assertNotEquals(Optional.of("v1"), entry("b").version(), "written in place");
        assertTrue(entry("b").version().isPresent(), "a version that no source has");
        assertEquals(Optional.of("v".repeat(3_000)), entry("d").version(), "a long one");
        assertEquals(Optional.empty(), entry("moved/c").version(), "somebody else's");
        for (String name : List.of("a", "b", "c", "d", "moved/c")) {
            Optional<String> looked =
                    destination.stat(Codec.of(name, name)).orElseThrow().version();
            assertEquals(looked, entry(name).version(), "as stat says of " + name);
        }
    }

    @Test
    void aNameThatIsNoTextDoesNotEndTheListing() throws Exception {
        store("a", "v1");
        store("z", "v1");
        String[] command = {"sh", "-c", "touch \"$0/$(printf 'b\\377')\"", root.toString()};
        assertEquals(0, new ProcessBuilder(command).start().waitFor(), "touch");
        assertEquals(List.of("a", "z"), names(), "names");
    }

    @Test
    void anInterruptEndsTheListing() throws Exception {
        store("a", "v1");
        try (Inventory inventory = destination.inventory().orElseThrow()) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> inventory.next(""), "interrupted");
        }
    }

    private InventoryEntry entry(String name) throws Exception {
        try (Inventory inventory = destination.inventory().orElseThrow()) {
            InventoryEntry entry = inventory.next(name).orElseThrow();
            assertEquals(name, entry.name(), "name");
            return entry;
        }
    }

    private List<String> names() throws Exception {
        List<String> names = new ArrayList<>();
        try (Inventory inventory = destination.inventory().orElseThrow()) {
            for (Optional<InventoryEntry> next = inventory.next(""); next.isPresent(); next = inventory.next("")) {
                names.add(next.get().name());
            }
        }
        return names;
    }

    private void store(String name, String version) throws Exception {
        byte[] content = {1, 2, 3};
        destination.store(
                Codec.of("id of " + name, name),
                IngestObject.of(ObjectAttributes.unknown().withVersion(version), content));
    }
}
