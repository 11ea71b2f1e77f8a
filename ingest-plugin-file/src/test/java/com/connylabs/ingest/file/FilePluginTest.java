package com.connylabs.ingest.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.Destination;
import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.api.plugin.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePluginTest {
    private final FilePlugin plugin = new FilePlugin();

    @TempDir
    Path directory;

    @Test
    void pathIsRequiredWholeAndAPath() {
        assertEquals("path: is required", refusal(Map.of()), "missing");
        assertEquals("path: is required", refusal(Map.of("path", "")), "empty");
        assertTrue(refusal(Map.of("path", "~/data")).startsWith("path: ~ is not expanded"), "home directory");
        assertTrue(refusal(Map.of("path", "/a\u0000b")).startsWith("path: is no path"), "no path");
    }

    private String refusal(Map<String, ?> values) {
        var context = new PluginContext("n", new PluginConfig(values));
        var source = assertThrows(ConfigException.class, () -> plugin.source(context), "source");
        var again = new PluginContext("n", new PluginConfig(values));
        var destination = assertThrows(ConfigException.class, () -> plugin.destination(again), "destination");
        assertEquals(source.getMessage(), destination.getMessage(), "source and destination alike");
        return String.valueOf(source.getMessage());
    }

    @Test
    void locationEndsWithASlashAndIsFreeOfLinks() throws Exception {
        Path real = Files.createDirectory(directory.resolve("real directory"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        String expected = directory.toRealPath().toUri() + "real%20directory/";
        try (Source direct = source(real);
                Source linked = source(link);
                Destination coming = destination(real.resolve("sub"))) {
            assertEquals(expected, direct.location().toString(), "directory");
            assertEquals(expected, linked.location().toString(), "link to it");
            assertEquals(expected + "sub/", coming.location().toString(), "directory that is not there yet");
        }
    }

    @Test
    void checkSaysWhatIsWrongWithADirectory() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Path missing = directory.resolve("missing");
        try (Source source = source(missing);
                Source ofFile = source(file);
                Destination destination = destination(missing);
                Destination ofFileToo = destination(file);
                Destination below = destination(missing.resolve("below"))) {
            assertThrows(EndpointException.class, source::check, "a source must be there");
            assertThrows(EndpointException.class, ofFile::check, "and be a directory");
            destination.check();
            assertTrue(Files.notExists(missing), "a check makes nothing");
            assertThrows(EndpointException.class, ofFileToo::check, "a destination must be a directory");
            var e = assertThrows(EndpointException.class, below::check, "its parent must be there");
            assertTrue(String.valueOf(e.getMessage()).contains(missing.toString()), "message: " + e.getMessage());
        }
    }

    private Source source(Path path) throws Exception {
        return plugin.source(new PluginContext("n", new PluginConfig(Map.of("path", path.toString()))));
    }

    private Destination destination(Path path) throws Exception {
        return plugin.destination(new PluginContext("n", new PluginConfig(Map.of("path", path.toString()))));
    }
}
