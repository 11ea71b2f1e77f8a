package com.connylabs.ingest.file;

import com.connylabs.ingest.api.EndpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place where files are written before they get their names. It is below the root, so that it is on the same file
 * system. Several processes may use it.
 */
final class Drafts {
    private static final Logger log = LoggerFactory.getLogger(Drafts.class);

    /** One for names that have the same drafts: half a hash, which is what a file's name has room for. */
    private static final int HASH_BYTES = 16;

    private final Root root;
    private boolean prepared;

    Drafts(Root root) {
        this.root = root;
    }

    /** A draft for what will be stored under a name. */
    Draft create(String name) throws IOException, EndpointException {
        prepare();
        Path directory = directory();
        try {
            return Draft.create(fresh(directory, name));
        } catch (NoSuchFileException e) {
            make(directory); // not there yet, or another process was closed
            return Draft.create(fresh(directory, name));
        }
    }

    private static Path fresh(Path directory, String name) {
        return directory.resolve(hash(name) + "-" + UUID.randomUUID() + ".tmp");
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private Path directory() throws EndpointException {
        return root.real().resolve(FileName.RESERVED);
    }

    /** The first time, makes the root; later a root that is not there is an error. */
    private synchronized void prepare() throws IOException, EndpointException {
        if (!prepared) {
            root.create();
            Path directory = directory();
            make(directory);
            prepared = true;
        }
    }

    private static void make(Path directory) throws IOException, EndpointException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw new EndpointException(
                        directory + " is not a directory; it is needed for files that are written", e);
            }
        }
    }

    /** Removes what was left of one name by processes that died. */
    void discard(String name) throws IOException, EndpointException {
        discard(hash(name) + "-*.tmp", Instant.MAX);
    }

    /** Removes what was last written before. */
    void discardOlder(Instant limit) throws IOException, EndpointException {
        discard("*.tmp", limit);
    }

    private void discard(String which, Instant limit) throws IOException, EndpointException {
        if (!root.exists() || !Files.isDirectory(directory(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(directory(), which)) {
            for (Path draft : drafts) {
                discard(draft, limit);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void discard(Path draft, Instant limit) throws IOException {
        try {
            if (Files.getLastModifiedTime(draft).toInstant().isBefore(limit)) {
                Files.delete(draft);
                log.atInfo().addKeyValue("file", draft).log("removed a file that was never finished");
            }
        } catch (NoSuchFileException e) {
            log.atDebug().addKeyValue("file", draft).log("another process has just finished it");
        }
    }

    /** Takes the directory away if nobody uses it. */
    synchronized void close() {
        try {
            Files.deleteIfExists(root.path().resolve(FileName.RESERVED));
        } catch (DirectoryNotEmptyException e) {
            log.atDebug().addKeyValue("directory", root.path()).log("files are still being written by another process");
        } catch (IOException e) {
            log.atWarn().addKeyValue("directory", root.path()).setCause(e).log("cannot tidy up");
        }
    }
}
