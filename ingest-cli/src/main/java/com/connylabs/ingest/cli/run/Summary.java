package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.cli.metrics.Tally;
import com.connylabs.ingest.cli.metrics.Tally.Counts;
import java.util.ArrayList;
import java.util.List;

/** What a run came to, a line for each workflow. */
final class Summary {
    private Summary() {}

    static String of(List<Workflow> workflows, List<WorkflowRun> runs, Mode mode, QueueSettings queue) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(header(mode));
        for (int i = 0; i < workflows.size(); i++) {
            List<String> row = new ArrayList<>(List.of(workflows.get(i).name()));
            row.addAll(cells(workflows.get(i).tally(), mode));
            row.add(Texts.duration(runs.get(i).took()));
            rows.add(row);
        }
        return table(rows) + letters(workflows, queue);
    }

    /** Those of earlier runs, too: as long as they are there, something is missing. */
    private static String letters(List<Workflow> workflows, QueueSettings queue) {
        long count = workflows.stream()
                .mapToLong(workflow -> workflow.letters().known().orElse(0))
                .sum();
        return count == 0
                ? ""
                : count + (count == 1 ? " dead letter" : " dead letters") + "; see ingest dead-letters list"
                        + queue.flag() + System.lineSeparator();
    }

    private static List<String> header(Mode mode) {
        List<String> names = new ArrayList<>(List.of("workflow"));
        if (mode.enqueues()) {
            names.addAll(List.of("listed", "present", "queued"));
        }
        if (mode.dequeues()) {
            names.addAll(List.of("copied", "size", "skipped", "gone", "given up"));
        }
        names.add("time");
        return names;
    }

    private static List<String> cells(Tally tally, Mode mode) {
        Counts counts = tally.counts();
        List<String> cells = new ArrayList<>();
        if (mode.enqueues()) {
            cells.add(String.valueOf(counts.listed()));
            cells.add(String.valueOf(tally.present()));
            cells.add(String.valueOf(counts.queued()));
        }
        if (mode.dequeues()) {
            cells.add(String.valueOf(counts.copied()));
            cells.add(Texts.bytes(counts.bytes()));
            cells.add(String.valueOf(counts.skipped()));
            cells.add(String.valueOf(counts.gone()));
            cells.add(String.valueOf(counts.givenUp()));
        }
        return cells;
    }

    /** Columns as wide as they have to be; names to the left, numbers to the right. */
    static String table(List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int c = column;
                int width = rows.stream().mapToInt(r -> r.get(c).length()).max().orElse(0);
                String cell = row.get(column);
                String padding = " ".repeat(width - cell.length());
                out.append(column == 0 ? cell + padding : "  " + padding + cell);
            }
            out.append(System.lineSeparator());
        }
        return out.toString();
    }
}
