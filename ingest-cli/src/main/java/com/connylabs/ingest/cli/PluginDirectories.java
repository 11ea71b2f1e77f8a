package com.connylabs.ingest.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where plugins are looked for: the directories that were named, else {@code ./plugins} and {@code
 * ~/.config/ingest/plugins}; always last, {@code plugins} beside the program, where those that come with it are.
 */
final class PluginDirectories {
    private PluginDirectories() {}

    static List<Path> of(List<Path> named, Path home) {
        List<Path> directories = new ArrayList<>(named);
        if (named.isEmpty()) {
            directories.add(Path.of("plugins"));
            directories.add(home.resolve(".config").resolve("ingest").resolve("plugins"));
        }
        directories.addAll(besideProgram());
        return directories;
    }

    private static List<Path> besideProgram() {
        try {
            Path program = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isRegularFile(program) ? List.of(program.resolveSibling("plugins")) : List.of();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program does not know where it is", e);
        }
    }
}
