package com.connylabs.ingest.cli.logging;

import com.connylabs.ingest.api.IngestException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Shows errors: a chain of reasons on one line for operators, a stack trace for whoever mends the program. */
public final class Throwables {
    private static final int MOST_CAUSES = 8;

    private Throwables() {}

    /**
     * The messages of an error and its causes, without those that the one before has told already.
     *
     * @param error the error
     * @return one text, without stack traces
     */
    public static String chain(Throwable error) {
        StringBuilder chain = new StringBuilder();
        Throwable current = error;
        for (int i = 0; i < MOST_CAUSES && current != null; i++) {
            String text = text(current);
            if (chain.indexOf(text) < 0) {
                chain.append(chain.isEmpty() ? "" : ": ").append(text);
            }
            current = current.getCause();
        }
        return chain.toString();
    }

    /**
     * What to tell an operator: the message of an error that was written for one, else the whole chain.
     *
     * @param error the error
     * @return one text, without stack traces
     */
    public static String message(Throwable error) {
        String message = error.getMessage();
        return error instanceof IngestException && message != null ? message : chain(error);
    }

    /** The engine's errors are written for operators; of others the kind says more than the message. */
    private static String text(Throwable error) {
        String message = error.getMessage();
        if (error instanceof IngestException && message != null) {
            return message;
        }
        String kind = error.getClass().getSimpleName();
        return message == null ? kind : kind + ": " + message;
    }

    static String stack(Throwable error) {
        StringWriter out = new StringWriter();
        error.printStackTrace(new PrintWriter(out));
        return out.toString();
    }

    /**
     * Whether it is a mistake in the program or a plugin rather than something that happens.
     *
     * @param error the error
     * @return true if nobody expected it
     */
    public static boolean isBug(Throwable error) {
        return error instanceof RuntimeException || error instanceof Error;
    }
}
