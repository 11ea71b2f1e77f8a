package com.connylabs.ingest.core.dequeue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.CopyingStorage;
import com.connylabs.ingest.api.LocatedObject;
import com.connylabs.ingest.api.LocatingClient;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.core.copy.Calls;
import com.connylabs.ingest.core.copy.Fan;
import com.connylabs.ingest.core.copy.Fan.Outcome;
import com.connylabs.ingest.core.copy.Progress;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.copy.TargetException;
import com.connylabs.ingest.core.metrics.WorkflowMetrics.ClientOperation;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has destinations copy from the source by themselves, where they can. Safe to use from many threads. */
final class ServerCopy {
    private final @Nullable LocatingClient source;
    private final Endpoints endpoints;
    private final Fan fan;
    private final Pace requests;

    /** What came of it: where it was stored and what failed, and which destinations want it from a download instead. */
    record Copied(Outcome<Target, URI> stored, Set<Target> refused) {}

    ServerCopy(Client source, Endpoints endpoints, Fan fan, Pace requests) {
        this.source = source instanceof LocatingClient locating ? locating : null;
        this.endpoints = endpoints;
        this.fan = fan;
        this.requests = requests;
    }

    /** Whether a destination may be able to. Costs no request. */
    boolean worksFor(Target target) throws TargetException, InterruptedException {
        LocatingClient locating = source;
        if (locating == null || !(target.storage() instanceof CopyingStorage storage)) {
            return false;
        }
        Object origin = Calls.at(TargetException.SOURCE, "download", locating::origin);
        return Calls.at(target.name(), "store", () -> storage.copiesFrom(origin));
    }

    /** Takes the place of the download, for the metrics and the gate too; only where one {@link #worksFor} a destination. */
    Optional<LocatedObject> locate(Codec element) throws TargetException, InterruptedException {
        requests.take(1);
        LocatingClient locating = requireNonNull(source);
        return endpoints.client(ClientOperation.DOWNLOAD, "download", () -> locating.locate(element));
    }

    /** Copies to destinations that it {@link #worksFor}, if they still have what was seen there. */
    Copied copy(Codec element, LocatedObject object, Map<Target, Sighting> lacking) throws InterruptedException {
        long start = System.nanoTime();
        requests.take(lacking.size());
        Outcome<Target, Optional<URI>> answers = fan.all(
                List.copyOf(lacking.keySet()),
                Target::name,
                (target, progress) -> copyTo(target, element, object, requireNonNull(lacking.get(target)), progress));
        Map<Target, URI> done = new LinkedHashMap<>();
        Set<Target> refused = new LinkedHashSet<>();
        answers.done()
                .forEach((target, uri) ->
                        uri.ifPresentOrElse(stored -> done.put(target, stored), () -> refused.add(target)));
        Outcome<Target, URI> stored = new Outcome<>(done, answers.failure());
        Set<Target> answered = new LinkedHashSet<>(lacking.keySet());
        answered.removeAll(refused);
        endpoints.stored(stored, answered, start);
        return new Copied(stored, refused);
    }

    private Optional<URI> copyTo(Target target, Codec element, LocatedObject object, Sighting seen, Progress progress)
            throws TargetException, InterruptedException {
        CopyingStorage storage = (CopyingStorage) target.storage();
        return Calls.at(
                target.name(),
                "store",
                () -> storage.copy(element, object, seen, () -> {
                    progress.moved();
                    requests.took(1);
                }));
    }
}
