package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.api.plugin.Destination;
import com.connylabs.ingest.api.plugin.Source;
import com.connylabs.ingest.cli.config.CopyConfig;
import com.connylabs.ingest.cli.config.WorkflowConfig;
import com.connylabs.ingest.cli.logging.Escapes;
import com.connylabs.ingest.cli.plugins.Endpoints;
import com.connylabs.ingest.cli.run.Checks.Check;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what would be done, and warns of what cannot be reached. Touches no object and no queue. */
final class DryRun {
    private static final Logger log = LoggerFactory.getLogger(DryRun.class);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

    private final Endpoints endpoints;
    private final PrintStream out;

    DryRun(Endpoints endpoints, PrintStream out) {
        this.endpoints = endpoints;
        this.out = out;
    }

    void run(Check queue) throws InterruptedException {
        endpoints.workflows().forEach(this::print);
        List<Check> all = new ArrayList<>(EndpointChecks.of(endpoints, Mode.STANDALONE));
        all.add(queue);
        try (Checks checks = new Checks(all)) {
            checks.once(CHECK_TIMEOUT).forEach(fault -> log.warn("{}", fault));
        }
    }

    private void print(WorkflowConfig workflow) {
        line("workflow " + workflow.name());
        Map<String, Source> sources = endpoints.sources();
        Map<String, Destination> destinations = endpoints.destinations();
        Source source = sources.get(workflow.source());
        line("  source       " + workflow.source() + "  " + (source == null ? "" : source.location()));
        for (String name : workflow.destinations()) {
            Destination destination = destinations.get(name);
            line("  destination  " + name + "  " + (destination == null ? "" : destination.location()));
        }
        line("  interval     " + (workflow.interval().isZero() ? "once" : Texts.duration(workflow.interval())));
        line("  copying      " + copying(workflow.copy()));
    }

    private void line(String text) {
        out.println(Escapes.visible(text));
    }

    private static String copying(CopyConfig copy) {
        return "up to " + copy.copying().concurrency() + " at a time"
                + (copy.copying().cleanUp() ? ", then removed from the source" : "")
                + (copy.webhook().isPresent() ? ", told to the webhook" : "");
    }
}
