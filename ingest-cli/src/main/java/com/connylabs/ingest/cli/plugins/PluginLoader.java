package com.connylabs.ingest.cli.plugins;

import com.connylabs.ingest.api.plugin.Plugin;
import java.io.Closeable;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins that one set of jars provides, and the class loader that they live in. */
final class PluginLoader implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(PluginLoader.class);

    private final PluginFiles files;
    private final PluginClassLoader loader;
    private final List<LoadedPlugin> plugins = new ArrayList<>();

    private PluginLoader(PluginFiles files, PluginClassLoader loader) {
        this.files = files;
        this.loader = loader;
    }

    /**
     * Loads what the jars provide.
     *
     * @throws PluginException if they are broken or provide nothing; names jar, cause and remedy
     */
    static PluginLoader load(PluginFiles files) throws PluginException {
        PluginClassLoader classes =
                new PluginClassLoader(files.origin().getFileName().toString(), urls(files));
        PluginLoader loader = new PluginLoader(files, classes);
        try {
            loader.instantiate();
            return loader;
        } catch (PluginException e) {
            loader.close();
            throw e;
        }
    }

    List<LoadedPlugin> plugins() {
        return plugins;
    }

    private void instantiate() throws PluginException {
        try (ContextLoader ignored = ContextLoader.use(loader)) {
            for (Plugin plugin : ServiceLoader.load(Plugin.class, loader)) {
                String type = plugin.type();
                if (type == null || type.isBlank()) {
                    throw broken("its type is empty; ask the plugin's author");
                }
                plugins.add(new LoadedPlugin(type, files.origin(), loader, plugin));
            }
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            throw new PluginException(files.origin() + ": cannot be loaded: " + Causes.of(e), e);
        }
        if (plugins.isEmpty()) {
            throw broken("no provider of " + Plugin.class.getName() + "; name the plugin's class in META-INF/services/"
                    + Plugin.class.getName() + jarNames());
        }
    }

    private String jarNames() {
        return files.jars().stream()
                .map(jar -> jar.getFileName().toString())
                .collect(Collectors.joining(", ", " (jars: ", ")"));
    }

    private PluginException broken(String reason) {
        return new PluginException(files.origin() + ": " + reason);
    }

    private static URL[] urls(PluginFiles files) throws PluginException {
        URL[] urls = new URL[files.jars().size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = url(files.jars().get(i));
        }
        return urls;
    }

    private static URL url(Path jar) throws PluginException {
        try (JarFile ignored = new JarFile(jar.toFile())) { // a class loader would skip a broken jar in silence
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("a path that is no URL: " + jar, e);
        } catch (IOException e) {
            throw new PluginException(jar + ": is not a readable jar: " + e.getMessage() + "; copy it again", e);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            log.warn("cannot close {}: {}", files.origin(), e.toString());
        }
    }
}
