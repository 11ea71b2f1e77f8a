package com.connylabs.ingest.cli.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects everything that is wrong, so that a user sees all of it at once. Used by one thread. */
public final class Problems {
    private record Found(Place place, Problem problem) {}

    /** More than anybody reads. */
    private static final int MOST_TOLD = 100;

    private final Set<Found> all = new LinkedHashSet<>();

    /**
     * Notes a problem.
     *
     * @param place where it is
     * @param path the key's path
     * @param reason what is wrong, and what would be right
     */
    public void add(Place place, String path, String reason) {
        // A set: a value that has two problems of one kind is reported once.
        all.add(new Found(place, new Problem(place.toString(), path, reason)));
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
     * Ends the collecting; problems are reported in the order of the file, the first hundred of them.
     *
     * @throws InvalidConfigException if anything was noted
     */
    public void throwIfAny() throws InvalidConfigException {
        List<Problem> told = new ArrayList<>(all());
        if (told.size() > MOST_TOLD) {
            Problem last = told.get(MOST_TOLD);
            int more = told.size() - MOST_TOLD;
            told.subList(MOST_TOLD, told.size()).clear();
            told.add(new Problem(last.place(), "", "from here on, " + more + " more problems"));
        }
        if (!told.isEmpty()) {
            throw new InvalidConfigException(told);
        }
    }
}
