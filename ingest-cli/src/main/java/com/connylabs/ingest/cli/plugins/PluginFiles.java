package com.connylabs.ingest.cli.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars that make up one plugin: a jar that lies in a plugin directory, or all the jars of a directory there.
 *
 * @param origin the jar or the directory
 * @param jars sorted by name
 */
record PluginFiles(Path origin, List<Path> jars) {
    PluginFiles {
        jars = List.copyOf(jars);
    }

    /**
     * The jars of what lies in a plugin directory. Whatever is no jar and has none in it has no jars: the original's
     * plugins, which are programs, may lie in the same directory.
     *
     * @throws IOException if it cannot be read
     */
    static PluginFiles of(Path entry) throws IOException {
        try {
            return new PluginFiles(entry, jars(entries(entry)));
        } catch (NotDirectoryException e) {
            return new PluginFiles(entry, jars(List.of(entry)));
        }
    }

    /**
     * What lies in a directory, sorted by name.
     *
     * @throws IOException if the directory cannot be read
     */
    static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    private static List<Path> jars(List<Path> entries) {
        return entries.stream()
                .filter(entry -> entry.getFileName().toString().endsWith(".jar") && Files.isRegularFile(entry))
                .toList();
    }
}
