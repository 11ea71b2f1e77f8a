package com.connylabs.ingest.cli.logging;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The standard error, which the log and the progress line share: a line of the log takes the place of the progress
 * line, which then is written again below it. Safe to use from many threads.
 */
public final class Terminal {
    private static final String CLEAR = "\r\u001b[K";
    private static final int WIDTH = 100;

    private final PrintStream out;
    private final boolean interactive;
    private String status = "";

    Terminal(PrintStream out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    /**
     * The process' standard error.
     *
     * @return the terminal
     */
    public static Terminal standardError() {
        FileOutputStream stream = new FileOutputStream(FileDescriptor.err);
        return new Terminal(new PrintStream(stream, false, StandardCharsets.UTF_8), isTerminal(2));
    }

    /**
     * Whether somebody looks at it.
     *
     * @return false if it goes to a file or a program
     */
    public boolean interactive() {
        return interactive;
    }

    /**
     * Writes a line.
     *
     * @param line without a line break
     */
    public synchronized void line(String line) {
        if (status.isEmpty()) {
            out.println(line);
        } else {
            out.println(CLEAR + line);
            out.print(status);
        }
        out.flush();
    }

    /**
     * Shows the progress, in the place of what was shown before. Nothing happens where nobody looks.
     *
     * @param text one line; empty to remove the line
     */
    public synchronized void status(String text) {
        if (interactive && !(text.isEmpty() && status.isEmpty())) {
            status = text.length() <= WIDTH ? text : text.substring(0, WIDTH);
            out.print(CLEAR + status);
            out.flush();
        }
    }

    /**
     * Whether somebody looks at the standard output.
     *
     * @return false if it goes to a file or a program
     */
    public static boolean isOutputTerminal() {
        return isTerminal(1);
    }

    /** Java says whether input and output both are terminals, which tells nothing of the standard error. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (!Files.exists(link)) {
            return consoleIsTerminal();
        }
        try {
            Path target = Files.readSymbolicLink(link);
            return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    /** From Java 22 on there always is a console, and it has to be asked. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean consoleIsTerminal() {
        Console console = System.console();
        try {
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
