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

    /** Whether that very version is known to be there, so that nothing has to be stored. */
    boolean proven(Optional<String> version, Optional<ObjectInfo> found) {
        return version.isPresent()
                && found.isPresent()
                && found.get().version().equals(version)
                && (!cleanUp || found.get().evidence() == Evidence.OBJECT);
    }

    /**
     * Whether a download has found something else than was listed, so that destinations that have what was listed are out
     * of date too. Cleaning up always takes one version that all of them have.
     */
    boolean outdated(Codec element, Optional<String> version) {
        boolean other = element.version() != null
                && version.isPresent()
                && !version.get().equals(element.version());
        return cleanUp || (other && onChange == OnChange.COPY);
    }

    /** Where versions are not known on both sides, sizes decide; where these are not either, presence does. */
    private static boolean sameSize(Codec element, ObjectInfo info) {
        return element.size().isEmpty()
                || info.length().isEmpty()
                || element.size().getAsLong() == info.length().getAsLong();
    }
}
