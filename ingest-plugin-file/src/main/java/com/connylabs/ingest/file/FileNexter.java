package com.connylabs.ingest.file;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Nexter;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the files below a directory, depth first, with one open directory for each level and nothing else in memory.
 *
 * <p>A symbolic link to a file below the root counts as a file. Other links are skipped, also those to directories below
 * the root: what these hold is listed where it is. A directory that cannot be read fails the listing, but only at its
 * end, so that it does not keep the others from being listed.
 */
final class FileNexter implements Nexter {
    private static final Logger log = LoggerFactory.getLogger(FileNexter.class);

    private record Level(DirectoryStream<Path> stream, Iterator<Path> entries, String prefix) {}

    private final Root root;
    private final AtomicBoolean toldOfLinks;
    private final Deque<Level> levels = new ArrayDeque<>();
    private @Nullable Path top;
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
        descend(top, "");
    }

    @Override
    public Optional<Codec> next() throws IngestException, InterruptedException {
        while (!levels.isEmpty()) {
            IoErrors.stopIfInterrupted("list " + root.path());
            Level level = levels.element();
            Path entry = nextOf(level);
            if (entry == null) {
                ascend();
                continue;
            }
            Codec element = element(entry, level.prefix());
            if (element != null) {
                return Optional.of(element);
            }
        }
        reportFailures();
        return Optional.empty();
    }

    private @Nullable Path nextOf(Level level) {
        try {
            return level.entries().hasNext() ? level.entries().next() : null;
        } catch (DirectoryIteratorException e) {
            note(requireNonNull(e.getCause()));
            return null;
        }
    }

    /** The element of a file; null for everything else, of which directories are gone into. */
    private @Nullable Codec element(Path entry, String prefix) {
        String segment = entry.getFileName().toString();
        if (segment.equalsIgnoreCase(FileName.RESERVED)) {
            return null;
        }
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                descend(entry, prefix + segment + "/");
                return null;
            }
            Path file = attributes.isSymbolicLink() ? target(entry) : entry;
            return file == null || attributes.isOther() ? null : element(file, entry, prefix + segment);
        } catch (NoSuchFileException e) {
            return null; // gone meanwhile, or a link that leads nowhere
        } catch (IOException e) {
            note(e);
            return null;
        }
    }

    private static Codec element(Path file, Path entry, String name) throws IOException {
        if (!isMapped(entry)) {
            throw new IOException("the name of " + entry + " is not in " + System.getProperty("sun.jnu.encoding")
                    + ", which names of files are in here; rename it, or set LC_ALL=C.UTF-8 if it is in UTF-8");
        }
        FileVersion version = FileVersion.of(file);
        return Codec.of(name, name)
                .withVersion(version.toString())
                .withSize(version.size())
                .withLastModified(version.lastModified());
    }

    /** Whether the name as text leads back to the file; bytes that are no text do not. */
    private static boolean isMapped(Path entry) {
        String text = entry.toString();
        try {
            return text.indexOf('\uFFFD') < 0 || entry.equals(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
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

    @SuppressWarnings("StreamResourceLeak") // closed when the listing comes up again
    private void descend(Path directory, String prefix) {
        try {
            DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
            levels.push(new Level(stream, stream.iterator(), prefix));
        } catch (NoSuchFileException | NotDirectoryException e) {
            log.atDebug().addKeyValue("directory", directory).log("gone before it was listed");
        } catch (IOException e) {
            note(e);
        }
    }

    private void ascend() {
        try {
            levels.pop().stream().close();
        } catch (IOException e) {
            note(e);
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
        while (!levels.isEmpty()) {
            ascend();
        }
    }
}
