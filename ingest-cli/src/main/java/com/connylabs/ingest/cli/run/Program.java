package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.cli.config.Config;
import com.connylabs.ingest.cli.config.ConfigReader;
import com.connylabs.ingest.cli.config.InvalidConfigException;
import com.connylabs.ingest.cli.config.Problem;
import com.connylabs.ingest.cli.logging.Terminal;
import com.connylabs.ingest.cli.metrics.Metrics;
import com.connylabs.ingest.cli.plugins.Endpoints;
import com.connylabs.ingest.cli.plugins.PluginMetricsFactory;
import com.connylabs.ingest.cli.plugins.PluginRegistry;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program without its command line. */
public final class Program {
    private static final Logger log = LoggerFactory.getLogger(Program.class);

    private final Settings settings;
    private final Terminal terminal;
    private final PrintStream out;
    private final String version;

    /**
     * A program that has not started.
     *
     * @param settings how to run
     * @param terminal shows the progress
     * @param out receives results
     * @param version for the metrics
     */
    public Program(Settings settings, Terminal terminal, PrintStream out, String version) {
        this.settings = settings;
        this.terminal = terminal;
        this.out = out;
        this.version = version;
    }

    /**
     * Runs the workflows.
     *
     * @param mode what this process does
     * @param stop asks to end
     * @throws InvalidConfigException if the configuration cannot be used
     * @throws FailedException if something failed for good
     * @throws InterruptedException if a stop was asked for before the work began
     */
    public void run(Mode mode, Stop stop) throws InvalidConfigException, FailedException, InterruptedException {
        Config config = ConfigReader.read(settings.config(), System.getenv());
        Metrics metrics = new Metrics(mode.enqueues(), mode.dequeues(), version);
        QueueOpener opener = Queues.opener(settings.queue(), config.workflows());
        try (PluginRegistry plugins = new PluginRegistry(settings.plugins());
                Endpoints endpoints = Endpoints.open(config, settings.strict(), plugins, metrics.plugins())) {
            metrics.instantiationFailures(
                    config.workflows().size() - endpoints.workflows().size());
            reportSkipped(endpoints);
            new Session(mode, settings, endpoints, metrics, stop, terminal).run(opener, out);
        }
    }

    /**
     * Shows what would be done.
     *
     * @throws InvalidConfigException if the configuration cannot be used
     * @throws InterruptedException if a stop was asked for
     */
    public void dryRun() throws InvalidConfigException, InterruptedException {
        Config config = ConfigReader.read(settings.config(), System.getenv());
        try (PluginRegistry plugins = new PluginRegistry(settings.plugins());
                Endpoints endpoints = Endpoints.open(config, settings.strict(), plugins, PluginMetricsFactory.NONE)) {
            reportSkipped(endpoints);
            new DryRun(endpoints, out).run(Queues.check(settings.queue()));
        }
    }

    private static void reportSkipped(Endpoints endpoints) {
        for (Problem problem : endpoints.skipped()) {
            log.error("workflow left out: {}", problem);
        }
    }
}
