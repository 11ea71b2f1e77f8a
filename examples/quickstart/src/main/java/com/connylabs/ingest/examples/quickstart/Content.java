package com.connylabs.ingest.examples.quickstart;

import java.util.Arrays;
import java.util.Map;

/** What has to arrive of an object. */
@SuppressWarnings("ArrayRecordComponent") // compared with sameAs
record Content(byte[] bytes, String type, Map<String, String> metadata) {
    boolean sameAs(Content other) {
        return Arrays.equals(bytes, other.bytes) && type.equals(other.type) && metadata.equals(other.metadata);
    }
}
