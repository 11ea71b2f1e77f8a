package com.connylabs.ingest.core.queue;

import java.util.regex.Pattern;

/** Which names a workflow can have: they become part of subjects, durables and file names. */
public final class WorkflowName {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]+");

    private WorkflowName() {}

    /**
     * Refuses what is no name of a workflow.
     *
     * @param workflow the name
     * @return the name
     * @throws IllegalArgumentException if it has other characters than ASCII letters, digits, {@code _} and {@code -}
     */
    public static String require(String workflow) {
        if (!ALLOWED.matcher(workflow).matches()) {
            throw new IllegalArgumentException("workflow name \"" + workflow
                    + "\": only letters, digits, _ and - are allowed, and at least one of them");
        }
        return workflow;
    }
}
