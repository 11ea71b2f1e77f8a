package com.connylabs.ingest.file;

import com.connylabs.ingest.api.PermanentException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Finds names as a file system does that takes for one what differs in case only. */
class NamesThatIgnoreCase implements Names {
    @Override
    public BasicFileAttributes look(Path directory, String name) throws IOException, PermanentException {
        String there = name;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String other = entry.getFileName().toString();
                there = other.equalsIgnoreCase(name) ? other : there;
            }
        }
        return SYSTEM.look(directory, there);
    }
}
