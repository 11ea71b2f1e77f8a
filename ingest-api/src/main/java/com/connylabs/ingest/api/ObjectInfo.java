package com.connylabs.ingest.api;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a destination has of an element.
 *
 * @param location where it is
 * @param length bytes of the stored object; empty when unknown, as it is when only a marker was looked at
 * @param version the source's version that it was copied from, if that was recorded
 * @param evidence what was looked at
 * @param revision the destination's own identity of what is there now, if it has one: differs as soon as anything is
 *     stored over it; opaque, and only to be handed back in a {@link Sighting}
 */
public record ObjectInfo(
        URI location, OptionalLong length, Optional<String> version, Evidence evidence, Optional<String> revision) {

    /** What a destination looked at to say that it has an element. */
    public enum Evidence {
        /** The object itself. */
        OBJECT,
        /** A marker which says that the object was stored once; the object may have been taken away since. */
        MARKER
    }

    /** Checks that nothing is missing and that the length is not negative. */
    public ObjectInfo {
        requireNonNull(location, "location");
        requireNonNull(length, "length");
        requireNonNull(version, "version");
        requireNonNull(evidence, "evidence");
        requireNonNull(revision, "revision");
        if (length.orElse(0) < 0) {
            throw new IllegalArgumentException("length is negative: " + length.getAsLong());
        }
    }

    /**
     * What a destination has that does not know revisions.
     *
     * @param location where it is
     * @param length bytes of the stored object, if known
     * @param version the source's version that it was copied from, if that was recorded
     * @param evidence what was looked at
     */
    public ObjectInfo(URI location, OptionalLong length, Optional<String> version, Evidence evidence) {
        this(location, length, version, evidence, Optional.empty());
    }
}
