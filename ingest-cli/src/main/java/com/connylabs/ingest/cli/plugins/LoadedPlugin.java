package com.connylabs.ingest.cli.plugins;

import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.Destination;
import com.connylabs.ingest.api.plugin.Plugin;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.api.plugin.Source;
import java.nio.file.Path;

/**
 * A plugin in its class loader. What it makes can be called from any thread as if there were no class loaders.
 *
 * @param type the name that a configuration gives
 * @param origin the jar or directory that it came from
 * @param loader its class loader
 * @param plugin the plugin
 */
record LoadedPlugin(String type, Path origin, ClassLoader loader, Plugin plugin) {

    Source source(PluginContext context) throws ConfigException, PluginException {
        return Guard.of(Source.class, make("source", () -> plugin.source(context)), this);
    }

    Destination destination(PluginContext context) throws ConfigException, PluginException {
        return Guard.of(Destination.class, make("destination", () -> plugin.destination(context)), this);
    }

    @FunctionalInterface
    private interface Maker<T> {
        T make() throws ConfigException;
    }

    private <T> T make(String what, Maker<T> maker) throws ConfigException, PluginException {
        try (ContextLoader ignored = ContextLoader.use(loader)) {
            T made = maker.make();
            if (made == null) {
                throw new PluginException(this + " gave no " + what + "; ask the plugin's author");
            }
            return made;
        } catch (RuntimeException | LinkageError e) {
            throw new PluginException(this + " cannot make a " + what + ": " + Causes.of(e), e);
        }
    }

    @Override
    public String toString() {
        return "plugin \"" + type + "\" (" + origin + ")";
    }
}
