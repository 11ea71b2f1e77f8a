package com.connylabs.ingest.file;

import com.connylabs.ingest.tck.PluginContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class FilePluginIT extends PluginContract {
    @TempDir
    Path directory;

    @Override
    protected List<Path> jars() {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(file -> file.toString().endsWith("-plugin.jar")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected String type() {
        return "file";
    }

    @Override
    protected Optional<Map<String, ?>> config(Kind kind) {
        return Optional.of(Map.of("path", directory.toString()));
    }

    @Override
    protected Set<String> requiredKeys(Kind kind) {
        return Set.of("path");
    }

    @Override
    protected Set<String> secretKeys() {
        return Set.of();
    }
}
