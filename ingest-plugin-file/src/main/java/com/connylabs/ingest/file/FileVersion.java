package com.connylabs.ingest.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells contents of a file apart: who writes a file changes its time, who replaces it changes its number too.
 *
 * @param size in bytes
 * @param nanos when it was last written, since 1970
 * @param number the file's number on its file system (inode), 0 where there is none
 */
record FileVersion(long size, long nanos, long number) {
    private static final String ATTRIBUTES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
                    ? "unix:size,lastModifiedTime,ino"
                    : "size,lastModifiedTime";

    /** The version of a regular file; links are followed. */
    static FileVersion of(Path file) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, ATTRIBUTES);
        long size = (Long) requireNonNull(attributes.get("size"));
        FileTime modified = (FileTime) requireNonNull(attributes.get("lastModifiedTime"));
        return new FileVersion(size, modified.to(TimeUnit.NANOSECONDS), (Long) attributes.getOrDefault("ino", 0L));
    }

    Instant lastModified() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public String toString() {
        return size + "-" + nanos + "-" + number;
    }
}
