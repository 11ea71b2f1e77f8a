package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.ObjectInfo.Evidence;
import java.util.Optional;

/**
 * Decides whether what a destination has is the element, or whether it has to be copied.
 *
 * @param onChange what to do about another version
 * @param cleanUp whether the source's object is removed afterwards, which needs proof that the very version was stored
 */
record Presence(OnChange onChange, boolean cleanUp) {

    boolean current(Codec element, Optional<ObjectInfo> found) {
        if (found.isEmpty()) {
            return false;
        }
        ObjectInfo info = found.get();
        if (onChange == OnChange.SKIP) {
            return true;
        }
        if (cleanUp && (info.version().isEmpty() || info.evidence() != Evidence.OBJECT)) {
            return false;
        }
        if (info.version().isPresent() && element.version() != null) {
            return info.version().get().equals(element.version());
        }
        return sameSize(element, info);
    }

    /** Where versions are not known on both sides, sizes decide; where these are not either, presence does. */
    private static boolean sameSize(Codec element, ObjectInfo info) {
        return element.size().isEmpty()
                || info.length().isEmpty()
                || element.size().getAsLong() == info.length().getAsLong();
    }
}
