package com.connylabs.ingest.cli.plugins;

import com.connylabs.ingest.cli.config.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds plugins by their type. Directories are searched in their order and no further than needed; the first plugin of a
 * type wins. A broken plugin is reported and passed over. Used by one thread.
 */
public final class PluginRegistry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PluginRegistry.class);

    private final List<Path> directories;
    private final Deque<Path> unread;
    private final Deque<Path> unloaded = new ArrayDeque<>();
    private final Map<String, LoadedPlugin> byType = new LinkedHashMap<>();
    private final List<PluginLoader> loaders = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    /**
     * A registry that has not looked anywhere yet.
     *
     * @param directories where to look; one that is not there has nothing in it
     */
    public PluginRegistry(List<Path> directories) {
        this.directories = directories.stream().distinct().toList();
        this.unread = new ArrayDeque<>(this.directories);
    }

    /**
     * The plugin of a type.
     *
     * @throws PluginException if there is none; says where was looked and what was found
     */
    LoadedPlugin find(String type) throws PluginException {
        while (!byType.containsKey(type) && readMore()) {
            load(unloaded.remove());
        }
        LoadedPlugin plugin = byType.get(type);
        if (plugin == null) {
            throw new PluginException(notFound(type));
        }
        return plugin;
    }

    private boolean readMore() {
        while (unloaded.isEmpty() && !unread.isEmpty()) {
            Path directory = unread.remove();
            try {
                unloaded.addAll(Files.isDirectory(directory) ? PluginFiles.entries(directory) : List.of());
            } catch (IOException e) {
                passOver(directory + " cannot be read: " + e, e);
            }
        }
        return !unloaded.isEmpty();
    }

    private void load(Path entry) {
        try {
            PluginFiles files = PluginFiles.of(entry);
            if (files.jars().isEmpty()) {
                return;
            }
            PluginLoader loader = PluginLoader.load(files);
            loaders.add(loader);
            loader.plugins().forEach(plugin -> byType.putIfAbsent(plugin.type(), plugin));
        } catch (IOException e) {
            passOver(entry + " cannot be read: " + e, e);
        } catch (PluginException e) {
            passOver(String.valueOf(e.getMessage()), e.getCause());
        }
    }

    private void passOver(String reason, @Nullable Throwable cause) {
        broken.add(reason);
        log.atWarn().setCause(cause).log("plugin passed over: {}", reason);
    }

    private String notFound(String type) {
        StringBuilder message = new StringBuilder("there is no plugin \"" + type + "\"");
        message.append(Suggestion.of(type, byType.keySet())).append("; looked in ");
        for (Path directory : directories) {
            boolean there = Files.isDirectory(directory);
            message.append(directory.toAbsolutePath().normalize()).append(there ? ", " : " (does not exist), ");
        }
        message.append("found ").append(byType.isEmpty() ? "none" : String.join(", ", byType.keySet()));
        if (!broken.isEmpty()) {
            message.append("; passed over ").append(String.join("; ", broken));
        }
        return message.toString();
    }

    /** Closes the class loaders; what the plugins made has to be closed before. */
    @Override
    public void close() {
        Collections.reverse(loaders);
        loaders.forEach(PluginLoader::close);
        loaders.clear();
        byType.clear();
    }
}
