package com.connylabs.ingest.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a listing says about an object.
 *
 * @param key its key
 * @param eTag its ETag, quoted as a rule; null if none is stated
 * @param size its length in bytes, if it is stated
 * @param modified when it was last changed, as it is written there; null if that is not stated
 */
record ListedObject(
        String key,
        @Nullable String eTag,
        OptionalLong size,
        @Nullable String modified) {

    /** When it was last changed; null if that is not stated or cannot be read. */
    @Nullable
    Instant lastModified() {
        try {
            return modified == null ? null : ListingTime.parse(modified);
        } catch (DateTimeException e) {
            return null; // a hint, and not worth an error
        }
    }
}
