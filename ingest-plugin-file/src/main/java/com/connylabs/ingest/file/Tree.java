package com.connylabs.ingest.file;

import com.connylabs.ingest.api.PermanentException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What is below a root. It goes down segment by segment, and follows a symbolic link only if that stays below the root.
 * Somebody who can write there and swaps directories for links at the right moment can still lead it astray.
 *
 * @param root the directory, free of symbolic links
 * @param names finds what is in a directory
 */
record Tree(Path root, Names names) {
    /**
     * Something that is there.
     *
     * @param entry its path
     * @param file the file itself, where the entry is a symbolic link
     */
    record Found(Path entry, Path file) {}

    Optional<Found> find(FileName name) throws IOException, PermanentException {
        name.requireShortBelow(root);
        Path directory = root;
        for (String segment : name.directories()) {
            Optional<Found> next = below(directory, segment);
            if (next.isEmpty() || !Files.isDirectory(next.get().file())) {
                return Optional.empty();
            }
            directory = next.get().file();
        }
        return below(directory, name.file());
    }

    /** The directory of a file, made if it is not there. */
    Path makeDirectory(FileName name) throws IOException, PermanentException {
        name.requireShortBelow(root);
        Path directory = root;
        for (String segment : name.directories()) {
            Optional<Found> next = below(directory, segment);
            directory = next.isEmpty() ? make(directory, segment) : next.get().file();
            if (!Files.isDirectory(directory)) {
                throw new PermanentException(directory + " is not a directory, so there can be nothing below it");
            }
        }
        return directory;
    }

    private Path make(Path parent, String segment) throws IOException, PermanentException {
        Path directory = parent.resolve(segment);
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) { // somebody else was quicker
            return below(parent, segment).map(Found::file).orElse(directory);
        }
        Directories.sync(parent);
        return directory;
    }

    private Optional<Found> below(Path directory, String segment) throws IOException, PermanentException {
        Path entry = directory.resolve(segment);
        try {
            BasicFileAttributes attributes = names.look(directory, segment);
            return Optional.of(new Found(entry, attributes.isSymbolicLink() ? inside(entry) : entry));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Path follow(Path link) throws IOException, PermanentException {
        try {
            return link.toRealPath();
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new PermanentException(link + " is a symbolic link that leads nowhere: " + IoErrors.reason(e), e);
        }
    }

    /** Where a symbolic link leads to. */
    private Path inside(Path link) throws IOException, PermanentException {
        Path real = follow(link);
        if (!real.startsWith(root)) {
            throw new PermanentException(link + " is a symbolic link that leads out of " + root);
        }
        return real;
    }
}
