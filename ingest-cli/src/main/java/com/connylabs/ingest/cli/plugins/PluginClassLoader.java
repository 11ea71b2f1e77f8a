package com.connylabs.ingest.cli.plugins;

import com.connylabs.ingest.api.plugin.Plugin;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads a plugin's classes from its own jars. Of the program it sees the API and SLF4J, which it has to share with it,
 * and nothing else, so that it may bring any version of any library.
 */
final class PluginClassLoader extends URLClassLoader {
    private static final List<String> SHARED = List.of("com.connylabs.ingest.api.", "org.slf4j.");

    static {
        registerAsParallelCapable();
    }

    PluginClassLoader(String name, URL[] jars) {
        super("plugin:" + name, jars, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return Class.forName(name, false, Plugin.class.getClassLoader());
        }
        return super.loadClass(name, resolve);
    }
}
