package com.connylabs.ingest.cli.run;

import java.util.ArrayList;
import java.util.List;

/** Decides whether a run was a success. */
final class Outcome {
    private final List<Workflow> workflows;
    private final List<WorkflowRun> runs;
    private final Stop stop;
    private final QueueSettings queue;

    Outcome(List<Workflow> workflows, List<WorkflowRun> runs, Stop stop, QueueSettings queue) {
        this.workflows = workflows;
        this.runs = runs;
        this.stop = stop;
        this.queue = queue;
    }

    /**
     * A stop that was asked for is a success, whatever it left undone.
     *
     * @throws FailedException if a workflow failed, or, in a run that ends by itself, gave an element up
     */
    void check(boolean once) throws FailedException {
        if (stop.requested()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        runs.forEach(run -> lines.addAll(run.failures()));
        for (Workflow workflow : workflows) {
            long givenUp = workflow.tally().counts().givenUp();
            if (once && givenUp > 0) {
                lines.add("workflow " + workflow.name() + ": " + givenUp
                        + (givenUp == 1 ? " element was" : " elements were")
                        + " given up and kept as dead letters; see ingest dead-letters list" + queue.flag());
            }
            if (once && workflow.doesEverything() && workflow.tally().suppressed() > 0) {
                lines.add(suppressed(workflow));
            }
        }
        if (!lines.isEmpty()) {
            throw new FailedException(lines);
        }
    }

    /** Not copied and not tried either: that is no success of a run that is to copy everything. */
    private String suppressed(Workflow workflow) {
        long count = workflow.tally().suppressed();
        return "workflow " + workflow.name() + ": " + count + (count == 1 ? " element was" : " elements were")
                + " given up before and left out; mend what was wrong, then ingest dead-letters replay --workflow="
                + workflow.name() + " --all" + queue.flag();
    }
}
