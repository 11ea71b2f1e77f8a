package com.connylabs.ingest.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a destination had of an element when it was looked at, and when that was: the condition under which something may
 * be stored there.
 *
 * @param found what {@link Storage#stat} said
 * @param at {@link System#nanoTime} immediately before it was asked
 */
public record Sighting(Optional<ObjectInfo> found, long at) {
    /** Checks that nothing is missing. */
    public Sighting {
        requireNonNull(found, "found");
    }

    /**
     * How long ago it was. The longer, the likelier it is that something has changed since.
     *
     * @return the time since the destination was asked
     */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - at);
    }

    /**
     * Whether the same is there now. Revisions decide where both have one; else the recorded version and the length.
     *
     * @param now what {@link Storage#stat} says now
     * @return false if anything else was stored there, or it was removed
     */
    public boolean matches(Optional<ObjectInfo> now) {
        if (found.isEmpty() || now.isEmpty()) {
            return found.isEmpty() && now.isEmpty();
        }
        ObjectInfo before = found.get();
        ObjectInfo after = now.get();
        if (before.revision().isPresent() && after.revision().isPresent()) {
            return before.revision().equals(after.revision());
        }
        return before.version().equals(after.version()) && couldBeSame(before.length(), after.length());
    }

    /** A length that is not known, because only a marker was looked at, says nothing. */
    private static boolean couldBeSame(OptionalLong before, OptionalLong after) {
        return before.isEmpty() || after.isEmpty() || before.getAsLong() == after.getAsLong();
    }

    /**
     * Expects that the same is there now.
     *
     * @param element the element, for the message
     * @param now what {@link Storage#stat} says now
     * @throws ChangedException if something else is
     */
    public void requireUnchanged(Codec element, Optional<ObjectInfo> now) throws ChangedException {
        if (!matches(now)) {
            throw new ChangedException("store " + element.id() + ": the destination was changed meanwhile (had "
                    + shown(found) + ", has " + shown(now) + "); it is looked at again");
        }
    }

    private static String shown(Optional<ObjectInfo> info) {
        return info.map(there ->
                        there.version().map(version -> "version " + version).orElse("no known version"))
                .orElse("nothing");
    }
}
