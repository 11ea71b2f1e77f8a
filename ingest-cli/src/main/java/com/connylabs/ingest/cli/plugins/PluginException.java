package com.connylabs.ingest.cli.plugins;

/** A plugin cannot be used; the message names the jar, the cause and what to do. */
public final class PluginException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception without a cause.
     *
     * @param message which plugin, why, and what to do
     */
    public PluginException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message which plugin, why, and what to do
     * @param cause what the plugin threw
     */
    public PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
