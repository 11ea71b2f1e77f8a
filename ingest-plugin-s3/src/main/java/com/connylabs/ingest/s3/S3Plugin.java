package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.Destination;
import com.connylabs.ingest.api.plugin.Plugin;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.api.plugin.Source;

/**
 * S3, and every store that speaks its protocol, as source and destination. Safe to use from many threads.
 *
 * <p>All destinations of a configuration have to come from one instance, which is how those that share a place for their
 * markers find out about each other.
 *
 * <p>Source: connylabs/ingest, plugins/s3.
 */
public final class S3Plugin implements Plugin {
    private final MarkerPlaces markerPlaces = new MarkerPlaces();

    /** Creates the plugin; does nothing else. */
    public S3Plugin() {}

    @Override
    public String type() {
        return "s3";
    }

    @Override
    public Source source(PluginContext context) throws ConfigException {
        return new S3Source(SourceConfig.read(context.config()));
    }

    @Override
    public Destination destination(PluginContext context) throws ConfigException {
        return new S3Destination(DestinationConfig.read(context.config()), markerPlaces);
    }
}
