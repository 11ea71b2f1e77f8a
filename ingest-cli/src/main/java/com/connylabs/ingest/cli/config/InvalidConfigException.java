package com.connylabs.ingest.cli.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration cannot be used; its message has a line for each problem. */
public final class InvalidConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Creates the exception.
     *
     * @param problems everything that is wrong, at least one thing
     */
    public InvalidConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * Creates the exception for a file that cannot be read at all.
     *
     * @param place the file, with line if there is one
     * @param reason what is wrong, and what to do
     */
    public InvalidConfigException(String place, String reason) {
        this(List.of(new Problem(place, "", reason)));
    }

    /**
     * Everything that is wrong.
     *
     * @return at least one problem
     */
    public List<Problem> problems() {
        return problems;
    }
}
