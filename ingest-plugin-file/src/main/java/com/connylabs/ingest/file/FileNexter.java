package com.connylabs.ingest.file;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Nexter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the files below a directory, in the order of their names' bytes.
 *
 * <p>A symbolic link to a file below the root counts as a file. Other links are skipped, also those to directories below
 * the root: what these hold is listed where it is. A directory that cannot be read fails the listing, but only at its
 * end, so that it does not keep the others from being listed.
 */
final class FileNexter implements Nexter {
    private static final Logger log = LoggerFactory.getLogger(FileNexter.class);

    private final Root root;
    private final AtomicBoolean toldOfLinks;
    private @Nullable Path top;
    private @Nullable Walk walk;
    private @Nullable IOException failure;
    private int failures;

    FileNexter(Root root, AtomicBoolean toldOfLinks) {
        this.root = root;
        this.toldOfLinks = toldOfLinks;
    }

    @Override
    public void reset() throws IngestException {
        close();
        failure = null;
        failures = 0;
        top = root.real();
        walk = new Walk(top, Walk.NAMES, this::note);
    }

    @Override
    public Optional<Codec> next() throws IngestException, InterruptedException {
        for (Walk.Entry entry = nextEntry(); entry != null; entry = nextEntry()) {
            Codec element = element(entry);
            if (element != null) {
                return Optional.of(element);
            }
        }
        reportFailures();
        return Optional.empty();
    }

    private Walk.@Nullable Entry nextEntry() throws InterruptedException {
        return walk == null ? null : walk.next("");
    }

    /** The element of a file; null for everything else. */
    private @Nullable Codec element(Walk.Entry entry) {
        try {
            Path file = entry.attributes().isSymbolicLink() ? target(entry.path()) : entry.path();
            return file == null || entry.attributes().isOther() ? null : element(file, entry.name());
        } catch (NoSuchFileException e) {
            return null; // gone meanwhile, or a link that leads nowhere
        } catch (IOException e) {
            note(e);
            return null;
        }
    }

    private static Codec element(Path file, String name) throws IOException {
        FileVersion version = FileVersion.of(file);
        return Codec.of(name, name)
                .withVersion(version.toString())
                .withSize(version.size())
                .withLastModified(version.lastModified());
    }

    /** The file that a link leads to; null if it is none, or out of bounds. */
    private @Nullable Path target(Path link) {
        Path real = follow(link);
        boolean taken = real != null && top != null && real.startsWith(top) && Files.isRegularFile(real);
        if (!taken && toldOfLinks.compareAndSet(false, true)) {
            log.atWarn()
                    .addKeyValue("link", link)
                    .log("symbolic links to directories and to what is outside are skipped; this is the first");
        }
        return taken ? real : null;
    }

    private static @Nullable Path follow(Path link) {
        try {
            return link.toRealPath();
        } catch (IOException e) {
            log.atDebug().addKeyValue("link", link).setCause(e).log("symbolic link leads nowhere");
            return null;
        }
    }

    private void note(IOException e) {
        failure = failure == null ? e : failure;
        failures++;
    }

    private void reportFailures() throws EndpointException {
        IOException first = failure;
        if (first != null) {
            failure = null;
            throw new EndpointException(
                    "list " + root.path() + ": " + failures + " entries could not be read, the others were listed; the"
                            + " first: " + IoErrors.reason(first),
                    first);
        }
    }

    @Override
    public void close() {
        walk = null;
    }
}
