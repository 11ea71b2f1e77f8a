/**
 * Finds plugin jars, loads each in a class loader of its own, and makes sources and destinations with them that the
 * engine can use without knowing about class loaders.
 */
@NullMarked
package com.connylabs.ingest.cli.plugins;

import org.jspecify.annotations.NullMarked;
