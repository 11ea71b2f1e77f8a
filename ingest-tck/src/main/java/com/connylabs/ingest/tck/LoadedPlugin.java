package com.connylabs.ingest.tck;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.Destination;
import com.connylabs.ingest.api.plugin.Plugin;
import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.api.plugin.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/** The plugin of some jars in a class loader of its own, which is the context loader during every call. */
final class LoadedPlugin implements AutoCloseable {
    private final IsolatedClassLoader loader;

    LoadedPlugin(List<Path> jars) {
        loader = new IsolatedClassLoader(jars);
    }

    ClassLoader loader() {
        return loader;
    }

    List<Plugin> plugins() throws Exception {
        return inside(() -> ServiceLoader.load(Plugin.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** A source or destination, as far as they are alike. */
    interface Made extends AutoCloseable {
        void check() throws Exception;

        URI location();

        @Override
        void close() throws Exception;
    }

    Made make(PluginContract.Kind kind, PluginConfig config) throws Exception {
        Plugin plugin = plugins().get(0);
        PluginContext context = new PluginContext("tck", config);
        return inside(() -> switch (kind) {
            case SOURCE -> new MadeSource(this, plugin.source(context));
            case DESTINATION -> new MadeDestination(this, plugin.destination(context));
        });
    }

    /** The problems of a configuration; none if it is taken. */
    List<ConfigException> refusal(PluginContract.Kind kind, PluginConfig config) throws Exception {
        try (Made made = make(kind, config)) {
            return List.of();
        } catch (ConfigException e) {
            return List.of(e);
        }
    }

    private <T> T inside(Callable<T> call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private record MadeSource(LoadedPlugin plugin, Source source) implements Made {
        @Override
        public void check() throws Exception {
            plugin.inside(() -> checked(source::check));
        }

        @Override
        public URI location() {
            return source.location();
        }

        @Override
        public String toString() {
            return source.toString();
        }

        @Override
        public void close() throws Exception {
            plugin.inside(() -> checked(source::close));
        }
    }

    private record MadeDestination(LoadedPlugin plugin, Destination destination) implements Made {
        @Override
        public void check() throws Exception {
            plugin.inside(() -> checked(destination::check));
        }

        @Override
        public URI location() {
            return destination.location();
        }

        @Override
        public String toString() {
            return destination.toString();
        }

        @Override
        public void close() throws Exception {
            plugin.inside(() -> checked(destination::close));
        }
    }

    private interface Action {
        void run() throws IngestException, InterruptedException;
    }

    private static boolean checked(Action action) throws Exception {
        action.run();
        return true;
    }
}
