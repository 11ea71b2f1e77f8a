package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.PluginConfig;

/**
 * A source as it is configured.
 *
 * @param store what it has in common with destinations
 * @param recursive whether objects behind a slash are listed, too
 */
record SourceConfig(StoreConfig store, boolean recursive) {
    static SourceConfig read(PluginConfig config) throws ConfigException {
        SourceConfig source = new SourceConfig(StoreConfig.read(config), config.flag("recursive"));
        // For destinations; harmless where a source and a destination share their settings.
        config.string("partSize");
        config.string("storageClass");
        config.string("sse");
        config.finish();
        return source;
    }
}
