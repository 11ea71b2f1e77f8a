package com.connylabs.ingest.cli.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
     * What lies in a plugin directory, sorted by name. Whatever is no jar and has none in it is left alone: the
     * original's plugins, which are programs, may lie in the same directory.
     *
     * @throws IOException if the directory cannot be read
     */
    static List<PluginFiles> in(Path directory) throws IOException {
        List<PluginFiles> found = new ArrayList<>();
        for (Path entry : entries(directory)) {
            List<Path> jars = Files.isDirectory(entry) ? jars(entries(entry)) : jars(List.of(entry));
            if (!jars.isEmpty()) {
                found.add(new PluginFiles(entry, jars));
            }
        }
        return found;
    }

    private static List<Path> entries(Path directory) throws IOException {
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
