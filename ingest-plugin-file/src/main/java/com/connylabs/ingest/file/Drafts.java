package com.connylabs.ingest.file;

import com.connylabs.ingest.api.EndpointException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place where files are written before they get their names. It is below the root, so that it is on the same file
 * system. Several processes may use it.
 */
final class Drafts {
    private static final Logger log = LoggerFactory.getLogger(Drafts.class);
    private static final Duration STALE = Duration.ofHours(24);

    private final Root root;
    private boolean prepared;

    Drafts(Root root) {
        this.root = root;
    }

    Draft create() throws IOException, EndpointException {
        prepare();
        Path directory = directory();
        try {
            return new Draft(fresh(directory));
        } catch (NoSuchFileException e) {
            make(directory); // not there yet, or another process was closed
            return new Draft(fresh(directory));
        }
    }

    private static Path fresh(Path directory) {
        return directory.resolve(UUID.randomUUID() + ".tmp");
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
            removeStale(directory);
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

    /** Removes what was left by processes that died. One that lives writes more often than that. */
    private static void removeStale(Path directory) throws IOException {
        Instant limit = Instant.now().minus(STALE);
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(directory, "*.tmp")) {
            for (Path draft : drafts) {
                removeStale(draft, limit);
            }
        }
    }

    private static void removeStale(Path draft, Instant limit) throws IOException {
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
        if (!prepared) {
            return;
        }
        try {
            Files.deleteIfExists(root.path().resolve(FileName.RESERVED));
        } catch (DirectoryNotEmptyException e) {
            log.atDebug().addKeyValue("directory", root.path()).log("files are still being written by another process");
        } catch (IOException e) {
            log.atWarn().addKeyValue("directory", root.path()).setCause(e).log("cannot tidy up");
        }
    }
}
