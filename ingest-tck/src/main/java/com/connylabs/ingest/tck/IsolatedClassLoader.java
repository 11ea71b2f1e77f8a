package com.connylabs.ingest.tck;

import com.connylabs.ingest.api.plugin.Plugin;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/** Sees what the program lets a plugin see: the JDK, the API, SLF4J and the plugin's own jars. */
final class IsolatedClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final List<String> SHARED = List.of("com.connylabs.ingest.api.", "org.slf4j.");

    IsolatedClassLoader(List<Path> jars) {
        super("plugin", jars.stream().map(IsolatedClassLoader::url).toArray(URL[]::new), getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return Class.forName(name, false, Plugin.class.getClassLoader());
        }
        return super.findClass(name);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
