/**
 * What a plugin jar provides: a {@link com.connylabs.ingest.api.plugin.Plugin} found through {@link
 * java.util.ServiceLoader}, which makes {@link com.connylabs.ingest.api.plugin.Source}s and {@link
 * com.connylabs.ingest.api.plugin.Destination}s from their part of the configuration.
 */
@NullMarked
package com.connylabs.ingest.api.plugin;

import org.jspecify.annotations.NullMarked;
