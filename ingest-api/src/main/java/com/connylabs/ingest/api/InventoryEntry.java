package com.connylabs.ingest.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the listing of a destination shows of an element, and no more than it proves.
 *
 * @param name the element's name
 * @param length bytes of the stored object; empty when unknown, as it is when only a marker is listed
 * @param version the source's version that it was copied from, if the listing shows that
 * @param versionChecksum a checksum of that version's text in UTF-8, where the listing shows no more of it
 * @param checksum a checksum of the content that is there; of a source whose versions are such checksums, it proves which
 *     one was copied
 */
public record InventoryEntry(
        String name,
        OptionalLong length,
        Optional<String> version,
        Optional<Checksum> versionChecksum,
        Optional<Checksum> checksum) {

    /** Checks that nothing is missing and that the length is not negative. */
    public InventoryEntry {
        requireNonNull(name, "name");
        requireNonNull(length, "length");
        requireNonNull(version, "version");
        requireNonNull(versionChecksum, "versionChecksum");
        requireNonNull(checksum, "checksum");
        if (length.orElse(0) < 0) {
            throw new IllegalArgumentException("length is negative: " + length.getAsLong());
        }
    }

    /**
     * An entry that proves nothing but that something is there.
     *
     * @param name the element's name
     * @param length bytes of the stored object, if known
     * @return the entry
     */
    public static InventoryEntry of(String name, OptionalLong length) {
        return new InventoryEntry(name, length, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * This entry under another name of the same element.
     *
     * @param other the name
     * @return a changed copy
     */
    public InventoryEntry withName(String other) {
        return new InventoryEntry(other, length, version, versionChecksum, checksum);
    }

    /**
     * This entry with the version that the object was copied from.
     *
     * @param known the version, if known
     * @return a changed copy
     */
    public InventoryEntry withVersion(Optional<String> known) {
        return new InventoryEntry(name, length, known, versionChecksum, checksum);
    }

    /**
     * This entry with a checksum of that version's text.
     *
     * @param known the checksum of the text in UTF-8, if known
     * @return a changed copy
     */
    public InventoryEntry withVersionChecksum(Optional<Checksum> known) {
        return new InventoryEntry(name, length, version, known, checksum);
    }

    /**
     * This entry with a checksum of the content.
     *
     * @param known the checksum, if known
     * @return a changed copy
     */
    public InventoryEntry withChecksum(Optional<Checksum> known) {
        return new InventoryEntry(name, length, version, versionChecksum, known);
    }
}
