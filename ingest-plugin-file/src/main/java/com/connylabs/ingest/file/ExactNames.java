package com.connylabs.ingest.file;

import com.connylabs.ingest.api.PermanentException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Names of which each is a file of its own. A file system that takes {@code A} and {@code a} for one finds under the one
 * name what was stored under the other; that is refused, because it would be replaced, and may be all that is left of it.
 *
 * <p>Whether a file system is of that kind is seen by looking for a name in another spelling, each time: it may be
 * different in every directory. Only where that is found, the directory is read.
 *
 * @param names finds what is in a directory
 */
record ExactNames(Names names) implements Names {
    @Override
    public BasicFileAttributes look(Path directory, String name) throws IOException, PermanentException {
        BasicFileAttributes found = names.look(directory, name);
        if (Spelling.others(name).anyMatch(other -> isThere(directory, other))) {
            requireSpelledSo(directory, name);
        }
        return found;
    }

    private boolean isThere(Path directory, String name) {
        try {
            names.look(directory, name);
            return true;
        } catch (IOException | PermanentException | InvalidPathException e) {
            return false; // or it is too long, or cannot be written
        }
    }

    /** Expects that it is not there in another spelling only. It may be gone, which is no failure. */
    private static void requireSpelledSo(Path directory, String name) throws IOException, PermanentException {
        Path other = null;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String there = entry.getFileName().toString();
                if (there.equals(name)) {
                    return;
                }
                if (Spelling.folded(there).equals(Spelling.folded(name))) {
                    other = entry;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (other != null) {
            throw new PermanentException(FileName.quoted(name) + " cannot be stored beside "
                    + FileName.quoted(other.toString())
                    + ", because the file system takes both names for one; rename one"
                    + " at the source, remove the file if nobody needs it, or store where names are told apart");
        }
    }
}
