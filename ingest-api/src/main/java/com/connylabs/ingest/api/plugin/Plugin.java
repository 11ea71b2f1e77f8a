package com.connylabs.ingest.api.plugin;

/**
 * What a plugin jar provides. Named in {@code META-INF/services/com.connylabs.ingest.api.plugin.Plugin}, it needs a public
 * constructor without parameters, which does nothing of note.
 *
 * <p>A plugin runs in a class loader of its own, which sees the JDK, {@code com.connylabs.ingest.api} and {@code
 * org.slf4j} of the program and nothing else: a jar brings its other dependencies with it.
 */
public interface Plugin {
    /**
     * The name that a configuration gives as {@code type}.
     *
     * @return for example {@code s3}
     */
    String type();

    /**
     * Makes a source. Does no I/O: a wrong configuration is found here, an unreachable endpoint by {@link Source#check}.
     *
     * @param context the source's part of the configuration, and what the program provides
     * @return the source, which the caller closes
     * @throws ConfigException if the configuration is wrong, with every problem in it
     */
    default Source source(PluginContext context) throws ConfigException {
        throw new ConfigException("type", "the plugin \"" + type() + "\" cannot be used as a source");
    }

    /**
     * Makes a destination. Does no I/O: a wrong configuration is found here, an unreachable endpoint by {@link
     * Destination#check}.
     *
     * @param context the destination's part of the configuration, and what the program provides
     * @return the destination, which the caller closes
     * @throws ConfigException if the configuration is wrong, with every problem in it
     */
    default Destination destination(PluginContext context) throws ConfigException {
        throw new ConfigException("type", "the plugin \"" + type() + "\" cannot be used as a destination");
    }
}
