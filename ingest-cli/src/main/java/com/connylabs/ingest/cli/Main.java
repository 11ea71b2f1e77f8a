package com.connylabs.ingest.cli;

import com.connylabs.ingest.cli.logging.Terminal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where the program begins. */
public final class Main {
    private Main() {}

    /**
     * Runs the program and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(run(args, System.out, Terminal.standardError()));
    }

    static int run(String[] args, PrintStream out, Terminal terminal) {
        CommandLine command = new CommandLine(new IngestCommand(out, terminal))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setParameterExceptionHandler((e, badArgs) -> usageError(e, terminal));
        return command.execute(
                GoFlags.normalized(args, command.getCommandSpec().optionsMap().keySet()));
    }

    private static int usageError(ParameterException e, Terminal terminal) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        String suggestions = e instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .findFirst()
                        .map(option -> "; did you mean " + option + "?")
                        .orElse("")
                : "";
        terminal.line("ingest: " + message + suggestions + "; see --help");
        return ExitCodes.USAGE;
    }
}
