package com.connylabs.ingest.api.plugin;

import com.connylabs.ingest.api.PermanentException;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration is wrong; names every problem in it. */
public final class ConfigException extends PermanentException {
    private static final long serialVersionUID = 1L;

    private final List<ConfigProblem> problems;

    /**
     * Creates the exception.
     *
     * @param problems everything that is wrong, at least one thing
     */
    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a wrong configuration has at least one problem");
        }
    }

    /**
     * Creates the exception for one problem.
     *
     * @param key the key that it is about
     * @param reason what is wrong and what would be right
     */
    public ConfigException(String key, String reason) {
        this(List.of(new ConfigProblem(key, reason)));
    }

    /**
     * Everything that is wrong.
     *
     * @return at least one problem
     */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
