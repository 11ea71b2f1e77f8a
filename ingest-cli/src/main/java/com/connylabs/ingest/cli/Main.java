package com.connylabs.ingest.cli;

import com.connylabs.ingest.cli.logging.Escapes;
import com.connylabs.ingest.cli.logging.Terminal;
import com.connylabs.ingest.cli.logging.Throwables;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.LoggerFactory;
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
                .addSubcommand(DeadLettersCommand.commandLine(out, terminal))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setParameterExceptionHandler((e, badArgs) -> usageError(e, terminal))
                .setExecutionExceptionHandler((e, failed, parsed) -> unexpected(e, terminal));
        try {
            return command.execute(GoFlags.normalized(args, options(command)));
        } catch (Error e) {
            return unexpected(e, terminal);
        }
    }

    /** The options of a command and all commands below it. */
    private static Set<String> options(CommandLine command) {
        Set<String> names = new HashSet<>(command.getCommandSpec().optionsMap().keySet());
        command.getSubcommands().values().forEach(below -> names.addAll(options(below)));
        return names;
    }

    /** The user gets a line, whoever mends it the stack trace in the log. */
    private static int unexpected(Throwable e, Terminal terminal) {
        LoggerFactory.getLogger(Main.class).atError().setCause(e).log("unexpected error");
        terminal.line("ingest: unexpected error, a mistake in ingest or in a plugin: "
                + Escapes.visible(Throwables.chain(e)) + "; the log has the details");
        return ExitCodes.FAILED;
    }

    private static int usageError(ParameterException e, Terminal terminal) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        String suggestions = e instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .findFirst()
                        .map(option -> "; did you mean " + option + "?")
                        .orElse("")
                : "";
        terminal.line("ingest: " + Escapes.visible(message + suggestions) + "; see --help");
        return ExitCodes.USAGE;
    }
}
