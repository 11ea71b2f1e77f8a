package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.PluginConfig;
import java.util.Optional;

/**
 * A destination as it is configured.
 *
 * @param store what it has in common with sources
 * @param metafilesPrefix where the markers go, if there are any
 * @param partSize bytes of a part of a large object, at least
 * @param storageClass the storage class of the objects, if it is not the store's own choice
 * @param encryption how the store encrypts them
 */
record DestinationConfig(
        StoreConfig store,
        Optional<String> metafilesPrefix,
        long partSize,
        Optional<String> storageClass,
        Encryption encryption) {
    private static final long MIN_PART = 5L << 20;
    /** Not a power of two: with an array's header it would take half as much again in the heap of a large machine. */
    private static final long DEFAULT_PART = 7L << 20;

    private static final long MAX_PART = 1L << 30;

    static DestinationConfig read(PluginConfig config) throws ConfigException {
        DestinationConfig destination = new DestinationConfig(
                StoreConfig.read(config),
                config.string("metafilesPrefix").filter(prefix -> !prefix.isEmpty()),
                config.bytes("partSize").orElse(DEFAULT_PART),
                config.string("storageClass").filter(name -> !name.isEmpty()),
                Encryption.read(config));
        if (destination.partSize < MIN_PART || destination.partSize > MAX_PART) {
            config.problem("partSize", "must be between 5MiB, which S3 demands, and 1GiB, which is held in memory");
        }
        config.flag("recursive"); // for sources; harmless where a source and a destination share their settings
        config.finish();
        return destination;
    }
}
