package com.connylabs.ingest.cli;

import com.connylabs.ingest.cli.config.InvalidConfigException;
import com.connylabs.ingest.cli.http.ListenAddress;
import com.connylabs.ingest.cli.logging.Escapes;
import com.connylabs.ingest.cli.logging.LogFormat;
import com.connylabs.ingest.cli.logging.LogLevel;
import com.connylabs.ingest.cli.logging.Logging;
import com.connylabs.ingest.cli.logging.Terminal;
import com.connylabs.ingest.cli.run.FailedException;
import com.connylabs.ingest.cli.run.Mode;
import com.connylabs.ingest.cli.run.Program;
import com.connylabs.ingest.cli.run.Settings;
import com.connylabs.ingest.cli.run.Signals;
import com.connylabs.ingest.cli.run.Stop;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ingest}: reads the command line, runs the program, and says in a line what went wrong. */
@Command(
        name = "ingest",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        customSynopsis = "ingest --mode=enqueue|dequeue|standalone [--config=FILE] [--once] [OPTIONS]",
        description = "%nKeeps objects in sync, from any source into one or more object stores.%n",
        footer = {
            "%nExamples:",
            "  ingest --config=config.yaml --dry-run            show what would be done",
            "  ingest --config=config.yaml --mode=standalone --once   copy everything, then end",
            "  ingest --config=config.yaml --mode=enqueue       list the sources again and again ...",
            "  ingest --config=config.yaml --mode=dequeue       ... while any number of these copy",
            "%nExit codes: 0 done or stopped on request, 1 failed, 2 usage or configuration."
        })
final class IngestCommand implements Callable<Integer> {
    private final PrintStream out;
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            converter = Choice.OfMode.class,
            description = "enqueue: list the sources; dequeue: copy; standalone: both in one process")
    private @Nullable Mode mode;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration. Default: ~/.config/ingest/config")
    private @Nullable Path config;

    @Option(
            names = "--once",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "List once, copy until nothing is outstanding, print a summary, end")
    private boolean once;

    @Option(
            names = "--dry-run",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "Check the configuration, try the connections, print the plan, end")
    private boolean dryRun;

    @Option(
            names = "--plugins",
            split = ",",
            paramLabel = "DIR",
            description = "Where to look for plugins first. Default: ./plugins, ~/.config/ingest/plugins")
    private List<Path> plugins = List.of();

    @Option(
            names = "--strict-workflows",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "Fail if a workflow cannot start; false: leave it out. Default: true")
    private boolean strict = true;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Address of /metrics, /live and /ready. Default: :9090")
    private @Nullable String listen;

    @Option(
            names = "--shutdown-timeout",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "What may be finished after a stop takes no longer. Default: 30s")
    private Duration shutdownTimeout = Duration.ofSeconds(30);

    @Mixin
    private QueueFlags queue = new QueueFlags();

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            converter = Choice.OfLogLevel.class,
            description = "all, debug, info, warn, error or none. Default: info")
    private LogLevel logLevel = LogLevel.INFO;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            converter = Choice.OfLogFormat.class,
            description = "text, json or auto: text on a terminal, JSON elsewhere. Default: auto")
    private LogFormat logFormat = LogFormat.AUTO;

    IngestCommand(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Stop stop = new Stop();
        try {
            run(stop);
            return ExitCodes.DONE;
        } catch (InvalidConfigException e) {
            e.problems().forEach(problem -> terminal.line(Escapes.visible(problem.toString())));
            return ExitCodes.USAGE;
        } catch (FailedException e) {
            e.lines().forEach(line -> terminal.line("ingest: " + Escapes.visible(line)));
            return ExitCodes.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return stop.requested() ? ExitCodes.DONE : ExitCodes.FAILED;
        }
    }

    private void run(Stop stop) throws InvalidConfigException, FailedException, InterruptedException {
        Settings settings = settings();
        Logging.start(logLevel, logFormat, terminal);
        Program program = new Program(settings, terminal, out, Version.text());
        if (dryRun) {
            program.dryRun();
        } else if (mode == null) {
            throw usage("--mode is missing: enqueue, dequeue or standalone");
        } else {
            Signals.install(stop, settings.shutdownTimeout());
            program.run(mode, stop);
        }
    }

    private Settings settings() {
        Path home = Path.of(System.getProperty("user.home", "."));
        Path file = config == null ? home.resolve(".config").resolve("ingest").resolve("config") : config;
        try {
            return new Settings(
                    once,
                    strict,
                    shutdownTimeout,
                    file,
                    PluginDirectories.of(plugins, home),
                    queue.settings(Optional.ofNullable(mode), System.getenv()),
                    new Settings.Listen(ListenAddress.parse(listen == null ? ":9090" : listen), listen != null));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set the command's specification");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
