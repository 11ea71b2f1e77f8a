package com.connylabs.ingest.cli.run;

import com.connylabs.ingest.cli.plugins.Endpoints;
import com.connylabs.ingest.cli.run.Checks.Check;
import java.util.ArrayList;
import java.util.List;

/** The connections that a mode needs. */
final class EndpointChecks {
    private EndpointChecks() {}

    static List<Check> of(Endpoints endpoints, Mode mode) {
        List<Check> checks = new ArrayList<>();
        endpoints
                .sources()
                .forEach((name, source) ->
                        checks.add(new Check("source " + name + " (" + source.location() + ")", source::check)));
        if (mode.dequeues()) {
            endpoints
                    .destinations()
                    .forEach((name, destination) -> checks.add(new Check(
                            "destination " + name + " (" + destination.location() + ")", destination::check)));
        }
        return checks;
    }
}
