package com.connylabs.ingest.file;

import com.connylabs.ingest.api.PermanentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** How what is in a directory is found by its name. */
@FunctionalInterface
interface Names {
    /** As the file system does it. */
    Names SYSTEM = (directory, name) ->
            Files.readAttributes(directory.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);

    /**
     * Looks at what has a name; links are not followed.
     *
     * @throws java.nio.file.NoSuchFileException if nothing has it
     * @throws PermanentException if what has it is something else's
     */
    BasicFileAttributes look(Path directory, String name) throws IOException, PermanentException;
}
