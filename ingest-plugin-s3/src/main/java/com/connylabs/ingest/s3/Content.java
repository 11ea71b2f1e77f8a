package com.connylabs.ingest.s3;

import java.io.ByteArrayInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * What is sent.
 *
 * @param stream opens it, from its start each time
 * @param length in bytes
 * @param type its media type
 */
record Content(ContentStreamProvider stream, long length, String type) {
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    /** Of no type that anybody would ask for. */
    static Content of(ContentStreamProvider stream, long length) {
        return new Content(stream, length, UNKNOWN_TYPE);
    }

    static Content of(byte[] bytes) {
        return of(() -> new ByteArrayInputStream(bytes), bytes.length);
    }
}
