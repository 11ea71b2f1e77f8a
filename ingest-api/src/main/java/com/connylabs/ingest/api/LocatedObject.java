package com.connylabs.ingest.api;

import static java.util.Objects.requireNonNull;

/**
 * One version of an object that was looked at and not opened.
 *
 * @param attributes what is known about it; a copy is made only where version and length are
 * @param place where that version is: a value of the plugin's own, which its {@link CopyingStorage} understands. Not to be
 *     an instance of an interface of this API unless it is a record.
 */
public record LocatedObject(ObjectAttributes attributes, Object place) {
    /** Checks that nothing is missing. */
    public LocatedObject {
        requireNonNull(attributes, "attributes");
        requireNonNull(place, "place");
    }

    /**
     * The same object with other attributes.
     *
     * @param other what is to be recorded with a copy
     * @return a changed copy
     */
    public LocatedObject withAttributes(ObjectAttributes other) {
        return new LocatedObject(other, place);
    }
}
