package com.connylabs.ingest.core.dequeue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.ObjectInfo.Evidence;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides whether what a destination has is the element, or whether it has to be copied.
 *
 * @param onChange what to do about another version
 * @param cleanUp whether the source's object is removed afterwards, which needs proof that the very version was stored
 */
public record Presence(OnChange onChange, boolean cleanUp) {

    /**
     * Whether a destination's listing proves that the element is there, so that no worker has to look. Never where {@link
     * #current} would have it copied; where it is in doubt, a worker looks.
     *
     * @param element as the source's listing has it
     * @param entry what the destination's listing shows under its name
     * @return false if it has to be looked at
     */
    public boolean shown(Codec element, InventoryEntry entry) {
        return mayBeShown(element)
                && (onChange == OnChange.SKIP
                        || (same(element, entry.version(), entry.length()) && proven(element, entry)));
    }

    /**
     * Whether there can be a listing that proves it.
     *
     * @param element as the source's listing has it
     * @return false if no listing has to be asked
     */
    public boolean mayBeShown(Codec element) {
        return !cleanUp && (onChange == OnChange.SKIP || element.version() != null);
    }

    /** A version's text is compared, or what stands for it; sizes alone prove nothing. */
    private static boolean proven(Codec element, InventoryEntry entry) {
        String version = requireNonNull(element.version());
        if (entry.version().isPresent()) {
            return true;
        }
        if (entry.versionChecksum().isPresent()) {
            return Digests.isOf(entry.versionChecksum().get(), version);
        }
        return entry.checksum().filter(Digests::identifies).isPresent()
                && entry.checksum().get().hex().equalsIgnoreCase(version)
                && element.size().isPresent()
                && element.size().equals(entry.length());
    }

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
        return same(element, info.version(), info.length());
    }

    private static boolean same(Codec element, Optional<String> version, OptionalLong length) {
        boolean known = version.isPresent() && element.version() != null;
        return known ? version.get().equals(element.version()) : sameSize(element, length);
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
     * of date too. Cleaning up takes one version that all of them have; with {@code SKIP} they keep what they have, and
     * the source its object.
     */
    boolean outdated(Codec element, Optional<String> version) {
        boolean other = element.version() != null
                && version.isPresent()
                && !version.get().equals(element.version());
        return unites() || (other && onChange == OnChange.COPY);
    }

    /** Whether all destinations get one version before the source's object is removed, whatever they have. */
    boolean unites() {
        return cleanUp && onChange == OnChange.COPY;
    }

    /** Where versions are not known on both sides, sizes decide; where these are not either, presence does. */
    private static boolean sameSize(Codec element, OptionalLong length) {
        return element.size().isEmpty() || length.isEmpty() || element.size().equals(length);
    }
}
