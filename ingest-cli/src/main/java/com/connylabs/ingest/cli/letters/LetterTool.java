package com.connylabs.ingest.cli.letters;

import com.connylabs.ingest.api.DeadLetters;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.core.wire.CodecJson;
import java.io.PrintStream;

/** What an operator does with dead letters. Each method gives the number of letters. Used by one thread. */
public final class LetterTool {
    private final DeadLetters letters;
    private final Selection selection;
    private final PrintStream out;
    private long count;

    /**
     * A tool for one use.
     *
     * @param letters of the queue
     * @param selection which of them are meant
     * @param out receives what is shown
     */
    public LetterTool(DeadLetters letters, Selection selection, PrintStream out) {
        this.letters = letters;
        this.selection = selection;
        this.out = out;
    }

    /**
     * Prints a table.
     *
     * @param onTerminal whether somebody looks, and long ids are cut
     * @return the number of letters
     * @throws IngestException if they cannot be read
     * @throws InterruptedException if the thread was interrupted
     */
    public long list(boolean onTerminal) throws IngestException, InterruptedException {
        LetterTable table = new LetterTable(out, onTerminal);
        try {
            selection.visit(letters, letter -> {
                table.add(letter);
                count++;
            });
        } finally {
            table.flush();
        }
        return count;
    }

    /**
     * Prints everything about each letter, with an empty line between two.
     *
     * @return the number of letters
     * @throws IngestException if they cannot be read
     * @throws InterruptedException if the thread was interrupted
     */
    public long show() throws IngestException, InterruptedException {
        selection.visit(letters, letter -> {
            out.print((count++ == 0 ? "" : System.lineSeparator()) + LetterText.lines(letter));
        });
        return count;
    }

    /**
     * Prints each letter as a line of JSON.
     *
     * @return the number of letters
     * @throws IngestException if they cannot be read
     * @throws InterruptedException if the thread was interrupted
     */
    public long json() throws IngestException, InterruptedException {
        selection.visit(letters, letter -> {
            out.println(LetterText.json(letter));
            count++;
        });
        return count;
    }

    /**
     * Puts each element back into the queue.
     *
     * @return the number of elements, without those whose letter somebody else removed meanwhile
     * @throws IngestException if that fails; {@link #done} says how far it came
     * @throws InterruptedException if the thread was interrupted
     */
    public long replay() throws IngestException, InterruptedException {
        selection.visit(letters, letter -> {
            count += letters.replay(letter, CodecJson.replayed(letter.data())) ? 1 : 0;
        });
        return count;
    }

    /**
     * Removes each letter.
     *
     * @return the number of letters, without those that somebody else removed meanwhile
     * @throws IngestException if that fails; {@link #done} says how far it came
     * @throws InterruptedException if the thread was interrupted
     */
    public long purge() throws IngestException, InterruptedException {
        selection.visit(letters, letter -> {
            count += letters.purge(letter) ? 1 : 0;
        });
        return count;
    }

    /**
     * How far it came.
     *
     * @return the number of letters that were dealt with up to now
     */
    public long done() {
        return count;
    }
}
