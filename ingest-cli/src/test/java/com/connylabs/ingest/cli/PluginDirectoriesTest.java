package com.connylabs.ingest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginDirectoriesTest {
    private static final Path HOME = Path.of("/home/somebody");

    @Test
    void withoutAFlagTheWorkingDirectoryComesBeforeTheUsersOwn() {
        assertEquals(
                List.of(Path.of("plugins"), HOME.resolve(".config/ingest/plugins")),
                PluginDirectories.of(List.of(), HOME));
    }

    @Test
    void directoriesThatAreNamedTakeTheirPlace() {
        List<Path> named = List.of(Path.of("b"), Path.of("a"));
        assertEquals(named, PluginDirectories.of(named, HOME));
    }
}
