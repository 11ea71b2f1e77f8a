package com.connylabs.ingest.cli.run;

import java.util.List;

/** The run failed. The user gets the lines, and nothing else. */
public final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> lines;

    /**
     * Creates the exception.
     *
     * @param lines what failed, where and why, each a line; may be empty when the user knows already
     */
    public FailedException(List<String> lines) {
        super(String.join("; ", lines));
        this.lines = List.copyOf(lines);
    }

    /**
     * What failed.
     *
     * @return a line for each failure
     */
    public List<String> lines() {
        return lines;
    }
}
