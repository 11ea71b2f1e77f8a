package com.connylabs.ingest.file;

import com.connylabs.ingest.api.EndpointException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory that a source reads or a destination writes. */
final class Root {
    private final Path path;

    Root(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** The directory free of symbolic links. Asked for at every use, because a link or a mount may change. */
    Path real() throws EndpointException {
        try {
            Path real = path.toRealPath();
            if (!Files.isDirectory(real)) {
                throw new EndpointException(path + " is not a directory");
            }
            return real;
        } catch (IOException e) {
            throw new EndpointException("cannot use the directory " + path + ": " + IoErrors.reason(e), e);
        }
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** Makes the directory, but not the one that it is in: a file system that is not mounted must be noticed. */
    void create() throws EndpointException {
        try {
            if (!exists()) {
                Files.createDirectory(path);
                Directories.sync(parent());
            }
        } catch (FileAlreadyExistsException e) {
            real(); // another process was quicker, if it is a directory
        } catch (IOException e) {
            throw new EndpointException("cannot make the directory " + path + ": " + IoErrors.reason(e), e);
        }
    }

    private Path parent() {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    /** Expects a directory in which files can be made, or a place where it can be made. */
    void requireWritable() throws EndpointException {
        Path directory = exists() ? real() : parent();
        if (!Files.isDirectory(directory)) {
            throw new EndpointException("cannot make the directory " + path + ": " + directory + " is no directory");
        }
        if (!Files.isWritable(directory)) {
            throw new EndpointException("cannot write to the directory " + directory + ": access denied");
        }
    }

    void requireReadable() throws EndpointException {
        if (!Files.isReadable(real())) {
            throw new EndpointException("cannot read the directory " + path + ": access denied");
        }
    }

    /** With a slash at the end, and free of symbolic links as far as it is there. */
    URI location() {
        String uri = resolved(path).toUri().toString();
        return URI.create(uri.endsWith("/") ? uri : uri + "/");
    }

    private static Path resolved(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = path.getParent();
            return parent == null ? path : resolved(parent).resolve(path.getFileName());
        }
    }
}
