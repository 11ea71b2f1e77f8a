package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.plugin.PluginConfig;
import java.net.URI;
import java.util.Optional;

/**
 * What sources and destinations have in common.
 *
 * @param endpoint where the store is
 * @param access who we are there
 * @param region the region if it was given
 * @param pathStyle whether the bucket stands in the path instead of the host name
 * @param bucket the bucket
 * @param prefix what all keys begin with, as it was given
 */
record StoreConfig(
        Endpoint endpoint, Access access, Optional<String> region, boolean pathStyle, String bucket, String prefix) {

    /** What is wrong is noted in the configuration. */
    static StoreConfig read(PluginConfig config) {
        Endpoint endpoint = Endpoint.read(config);
        String bucket = config.requiredString("bucket");
        if (bucket.contains("/")) {
            config.problem("bucket", "a bucket's name has no slash; what stands behind it belongs into prefix");
        }
        return new StoreConfig(
                endpoint,
                Access.read(config),
                config.string("region").filter(region -> !region.isEmpty()),
                config.string("pathStyle").isPresent() ? config.flag("pathStyle") : !endpoint.isAws(),
                bucket,
                config.string("prefix").orElse(""));
    }

    /** For people, and for finding out whether two of them overlap: one bucket has one location. */
    URI location() {
        String place = S3Uris.encodePath(bucket + "/" + prefix);
        return URI.create("s3://" + endpoint.store() + "/" + place);
    }
}
