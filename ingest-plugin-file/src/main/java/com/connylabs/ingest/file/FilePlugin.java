package com.connylabs.ingest.file;

import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.Destination;
import com.connylabs.ingest.api.plugin.Plugin;
import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.api.plugin.Source;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Makes sources and destinations from local directories. The one key is {@code path}, the directory; a relative one
 * starts at the working directory.
 */
public final class FilePlugin implements Plugin {
    /** For the service loader. */
    public FilePlugin() {}

    @Override
    public String type() {
        return "file";
    }

    @Override
    public Source source(PluginContext context) throws ConfigException {
        return new FileSource(root(context.config()));
    }

    @Override
    public Destination destination(PluginContext context) throws ConfigException {
        return new FileDestination(root(context.config()));
    }

    private static Root root(PluginConfig config) throws ConfigException {
        String path = config.requiredString("path");
        if (path.startsWith("~")) {
            config.problem("path", "~ is not expanded; write the whole path, or ${HOME}");
        }
        config.finish();
        try {
            return new Root(Path.of(path).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw new ConfigException("path", "is no path: " + e.getReason());
        }
    }
}
