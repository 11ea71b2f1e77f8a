package com.connylabs.ingest.cli;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.Queue;
import com.connylabs.ingest.cli.letters.LetterTool;
import com.connylabs.ingest.cli.letters.Selection;
import com.connylabs.ingest.cli.logging.Escapes;
import com.connylabs.ingest.cli.logging.LogFormat;
import com.connylabs.ingest.cli.logging.LogLevel;
import com.connylabs.ingest.cli.logging.Logging;
import com.connylabs.ingest.cli.logging.Terminal;
import com.connylabs.ingest.cli.logging.Throwables;
import com.connylabs.ingest.cli.run.Queues;
import com.connylabs.ingest.core.queue.WorkflowName;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ingest dead-letters}: its commands have in common which letters are meant and where they are. */
abstract class DeadLettersCommand implements Callable<Integer> {
    private final PrintStream out;
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--workflow", paramLabel = "NAME", description = "Only letters of this workflow")
    private @Nullable String workflow;

    @Mixin
    private QueueFlags queue = new QueueFlags();

    private DeadLettersCommand(PrintStream out, Terminal terminal) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.terminal = terminal;
    }

    /** The command with its four commands. */
    static CommandLine commandLine(PrintStream out, Terminal terminal) {
        return new CommandLine(new Group())
                .addSubcommand(new ListThem(out, terminal))
                .addSubcommand(new Show(out, terminal))
                .addSubcommand(new Replay(out, terminal))
                .addSubcommand(new Purge(out, terminal));
    }

    @Override
    public Integer call() {
        Logging.start(LogLevel.WARN, LogFormat.AUTO, terminal);
        try {
            Selection selection = selection();
            try (Queue opened = Queues.openExisting(queue.settings(Optional.empty(), System.getenv()))) {
                return run(new LetterTool(opened.deadLetters(), selection, out));
            }
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        } catch (IngestException e) {
            terminal.line("ingest: " + Escapes.visible(Throwables.message(e)));
            return ExitCodes.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCodes.FAILED;
        } finally {
            out.flush();
        }
    }

    private Selection selection() {
        Optional<String> name = Optional.ofNullable(workflow);
        name.ifPresent(WorkflowName::require);
        return new Selection(name, id());
    }

    /** The element that was asked for; empty if all are meant. */
    abstract Optional<String> id();

    abstract int run(LetterTool tool) throws IngestException, InterruptedException;

    /** Says how many it were. */
    void tell(long count, String what) {
        out.println(count + (count == 1 ? " dead letter" : " dead letters") + what);
    }

    int found(long count) {
        if (count == 0 && id().isPresent()) {
            terminal.line("ingest: no dead letter of " + Escapes.visible(id().get())
                    + (workflow == null ? "" : " in workflow " + workflow) + "; see ingest dead-letters list");
            return ExitCodes.FAILED;
        }
        return ExitCodes.DONE;
    }

    /** Does something that may fail in the middle; how far it came is told all the same. */
    int change(LetterTool tool, Change change, String what) throws IngestException, InterruptedException {
        try {
            change.run();
        } catch (IngestException | InterruptedException e) {
            tell(tool.done(), what);
            throw e;
        }
        int code = found(tool.done());
        if (code == ExitCodes.DONE) {
            tell(tool.done(), what);
        }
        return code;
    }

    @FunctionalInterface
    interface Change {
        long run() throws IngestException, InterruptedException;
    }

    boolean onTerminal() {
        return Terminal.isOutputTerminal();
    }

    ParameterException usage(String message) {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set the command's specification");
        }
        return new ParameterException(spec.commandLine(), message);
    }

    /** How letters are printed. */
    enum Output {
        TEXT,
        JSON
    }

    @Command(
            name = "dead-letters",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "list|show|replay|purge",
            description = "%nElements that were given up on, with the reason.%n",
            footer = {
                "%nExamples:",
                "  ingest dead-letters list --workflow=photos",
                "  ingest dead-letters show --id=in/a.jpg",
                "  ingest dead-letters replay --workflow=photos --all",
                "%nSee ingest dead-letters list --help for where the queue is."
            })
    private static final class Group implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            if (spec == null) {
                throw new IllegalStateException("picocli has not set the command's specification");
            }
            throw new ParameterException(spec.commandLine(), "a command is missing: list, show, replay or purge");
        }
    }

    @Command(
            name = "list",
            sortOptions = false,
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "%nLists what was given up on, the oldest first.%n",
            footer = "%nExit codes: 0 done, 1 failed, 2 usage.")
    private static final class ListThem extends DeadLettersCommand {
        @Option(
                names = "--output",
                paramLabel = "FORMAT",
                converter = Choice.OfOutput.class,
                description = "text, or json: an object a line. Default: text")
        private Output output = Output.TEXT;

        ListThem(PrintStream out, Terminal terminal) {
            super(out, terminal);
        }

        @Override
        Optional<String> id() {
            return Optional.empty();
        }

        @Override
        int run(LetterTool tool) throws IngestException, InterruptedException {
            if (output == Output.JSON) {
                tool.json();
            } else {
                tell(tool.list(onTerminal()), "");
            }
            return ExitCodes.DONE;
        }
    }

    @Command(
            name = "show",
            sortOptions = false,
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "%nShows everything that is known of an element that was given up on.%n",
            footer = "%nExit codes: 0 done, 1 there is none or failed, 2 usage.")
    private static final class Show extends DeadLettersCommand {
        @Option(
                names = "--id",
                paramLabel = "ID",
                required = true,
                description = "The element's id, or the hash that list shows")
        private String id = "";

        @Option(
                names = "--output",
                paramLabel = "FORMAT",
                converter = Choice.OfOutput.class,
                description = "text, or json: an object a line. Default: text")
        private Output output = Output.TEXT;

        Show(PrintStream out, Terminal terminal) {
            super(out, terminal);
        }

        @Override
        Optional<String> id() {
            return Optional.of(id);
        }

        @Override
        int run(LetterTool tool) throws IngestException, InterruptedException {
            if (output == Output.JSON) {
                return found(tool.json());
            }
            long count = tool.show();
            int code = found(count);
            if (code == ExitCodes.DONE) {
                tell(count, "");
            }
            return code;
        }
    }

    /** Those that change something want to be told what to change. */
    private abstract static class Changing extends DeadLettersCommand {
        @Option(names = "--id", paramLabel = "ID", description = "The element's id, or the hash that list shows")
        private @Nullable String id;

        @Option(names = "--all", description = "All letters, or all of the workflow")
        private boolean all;

        Changing(PrintStream out, Terminal terminal) {
            super(out, terminal);
        }

        @Override
        final Optional<String> id() {
            if ((id == null) != all) {
                throw usage(id == null ? "say which: --id=ID or --all" : "--id and --all exclude each other");
            }
            return Optional.ofNullable(id);
        }
    }

    @Command(
            name = "replay",
            sortOptions = false,
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "%nPuts elements back into the queue, as if they had never been tried.%n",
            footer = "%nExit codes: 0 done, 1 there is none or failed, 2 usage. Doing it again is safe.")
    private static final class Replay extends Changing {
        Replay(PrintStream out, Terminal terminal) {
            super(out, terminal);
        }

        @Override
        int run(LetterTool tool) throws IngestException, InterruptedException {
            return change(tool, tool::replay, " replayed");
        }
    }

    @Command(
            name = "purge",
            sortOptions = false,
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = {
                "%nRemoves dead letters. What is in the source still is tried again after the next listing.%n"
            },
            footer = "%nExit codes: 0 done, 1 there is none or failed, 2 usage.")
    private static final class Purge extends Changing {
        Purge(PrintStream out, Terminal terminal) {
            super(out, terminal);
        }

        @Override
        int run(LetterTool tool) throws IngestException, InterruptedException {
            return change(tool, tool::purge, " purged");
        }
    }
}
