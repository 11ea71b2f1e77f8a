package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.cli.http.ListenAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How to run, as the command line says.
 *
 * @param once whether to end when the work is done
 * @param strict whether a workflow that cannot start is an error
 * @param shutdownTimeout how long what is running may take to finish after a stop
 * @param config the configuration file
 * @param plugins where to look for plugins
 * @param queue where the queue is
 * @param listen where the internal server listens
 */
public record Settings(
        boolean once,
        boolean strict,
        Duration shutdownTimeout,
        Path config,
        List<Path> plugins,
        QueueSettings queue,
        Listen listen) {

    /**
     * Where the internal server listens.
     *
     * @param address the address
     * @param asked whether it was asked for; if not, a run that ends by itself can do without
     */
    public record Listen(ListenAddress address, boolean asked) {}

    /** Copies the list. */
    public Settings {
        plugins = List.copyOf(plugins);
    }
}
