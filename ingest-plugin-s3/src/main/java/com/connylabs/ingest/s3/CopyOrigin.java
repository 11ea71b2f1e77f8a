package com.connylabs.ingest.s3;

import java.util.Optional;

/** A store, and who we are there: within one, the store can copy by itself. */
record CopyOrigin(Endpoint endpoint, Access access, Optional<String> region, boolean pathStyle) {
    static CopyOrigin of(StoreConfig config) {
        return new CopyOrigin(config.endpoint(), config.access(), config.region(), config.pathStyle());
    }
}
