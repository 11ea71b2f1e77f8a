package com.connylabs.ingest.s3;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A request about an object of a bucket, or about the bucket itself.
 *
 * @param method GET, HEAD or PUT
 * @param key the object's; empty for the bucket
 * @param query parameters
 * @param headers all but those that are about the signature and the connection, by names in lower case
 * @param content what is sent, if there is anything
 * @param signsContent whether the signature covers that on plain HTTP, for which it is read once more
 * @param limit how long it may take, however slowly the answer drips in
 */
record ObjectRequest(
        String method,
        String key,
        NavigableMap<String, String> query,
        Map<String, String> headers,
        Optional<Content> content,
        boolean signsContent,
        Optional<Duration> limit) {

    ObjectRequest {
        for (String name : headers.keySet()) {
            if (!name.equals(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("not in lower case, as it is signed: " + name);
            }
        }
    }

    /** From so many bytes on a store is asked whether it wants them before they are sent, as the SDK does. */
    private static final long ASK_FIRST = 1 << 20;

    boolean asksFirst() {
        return content.filter(bytes -> bytes.length() >= ASK_FIRST).isPresent();
    }
}
