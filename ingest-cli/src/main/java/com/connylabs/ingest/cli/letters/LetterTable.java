package com.connylabs.ingest.cli.letters;

import com.connylabs.ingest.api.DeadLetter;
import com.connylabs.ingest.cli.logging.Escapes;
import com.connylabs.ingest.core.queue.ElementHash;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Dead letters as a table. Columns are as wide as they have to be for the lines that are printed together, so that any
 * number of letters can be shown; those that follow are not narrower.
 */
final class LetterTable {
    private static final int TOGETHER = 500;
    private static final int MOST_ON_TERMINAL = 48;
    private static final List<String> HEADER =
            List.of("workflow", "hash", "destination", "attempts", "last", "id", "reason");

    private final PrintStream out;
    private final boolean onTerminal;
    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths = new int[HEADER.size()];
    private boolean headed;

    LetterTable(PrintStream out, boolean onTerminal) {
        this.out = out;
        this.onTerminal = onTerminal;
    }

    void add(DeadLetter letter) {
        if (!headed) {
            rows.add(HEADER);
            headed = true;
        }
        rows.add(List.of(
                Escapes.visible(letter.workflow()),
                ElementHash.of(letter.id()),
                Escapes.visible(letter.destination().orElse("-")),
                String.valueOf(letter.attempts()),
                letter.last().truncatedTo(ChronoUnit.SECONDS).toString(),
                cut(Escapes.visible(letter.id())),
                Escapes.visible(letter.reason())));
        if (rows.size() >= TOGETHER) {
            flush();
        }
    }

    /** Prints what has been collected. */
    void flush() {
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        rows.forEach(this::print);
        rows.clear();
    }

    private void print(List<String> row) {
        StringBuilder line = new StringBuilder();
        int last = row.size() - 1;
        for (int i = 0; i < last; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - width(row.get(i)) + 2));
        }
        out.println(line.append(row.get(last)));
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Somebody who looks can take the hash; a program gets the whole id. */
    private String cut(String id) {
        return onTerminal && width(id) > MOST_ON_TERMINAL
                ? id.substring(0, id.offsetByCodePoints(0, MOST_ON_TERMINAL - 1)) + "…"
                : id;
    }
}
