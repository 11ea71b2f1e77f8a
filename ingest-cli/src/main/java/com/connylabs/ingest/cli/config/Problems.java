package com.connylabs.ingest.cli.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong, so that a user sees all of it at once. Used by one thread. */
public final class Problems {
    private record Found(Place place, Problem problem) {}

    private final List<Found> all = new ArrayList<>();

    /**
     * Notes a problem.
     *
     * @param place where it is
     * @param path the key's path
     * @param reason what is wrong, and what would be right
     */
    public void add(Place place, String path, String reason) {
        Found found = new Found(place, new Problem(place.toString(), path, reason));
        if (!all.contains(found)) { // a value that has two problems of one kind is reported once
            all.add(found);
        }
    }

    /**
     * Whether there is none.
     *
     * @return true if nothing was noted
     */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * What was noted.
     *
     * @return in the order of the file
     */
    public List<Problem> all() {
        return all.stream()
                .sorted(Comparator.comparingInt(found -> found.place().line()))
                .map(Found::problem)
                .toList();
    }

    /**
     * Ends the collecting; problems are reported in the order of the file.
     *
     * @throws InvalidConfigException if anything was noted
     */
    public void throwIfAny() throws InvalidConfigException {
        if (!all.isEmpty()) {
            throw new InvalidConfigException(all());
        }
    }
}
