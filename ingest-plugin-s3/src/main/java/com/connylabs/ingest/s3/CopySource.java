package com.connylabs.ingest.s3;

/** One version of an object, for the store to copy. */
record CopySource(String bucket, String key, String version) {
    String eTag() {
        return Versions.eTag(version);
    }
}
