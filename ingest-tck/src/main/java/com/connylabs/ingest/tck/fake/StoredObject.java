package com.connylabs.ingest.tck.fake;

import com.connylabs.ingest.api.ObjectAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link InMemoryDestination} has of an element.
 *
 * @param attributes what was stored with it, the length included
 * @param bytes its content, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content; not copied, because it may be large
public record StoredObject(ObjectAttributes attributes, byte[] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredObject that
                && attributes.equals(that.attributes)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * attributes.hashCode() + Arrays.hashCode(bytes);
    }
}
