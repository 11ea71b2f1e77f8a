package com.connylabs.ingest.core.dequeue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.ChangedException;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.LocatedObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.copy.Fan.Outcome;
import com.connylabs.ingest.core.copy.ObjectCopy.Copied;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.copy.TargetException;
import com.connylabs.ingest.core.dequeue.ElementCopy.Done;
import com.connylabs.ingest.core.dequeue.ElementCopy.State;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One round of bringing an element to the destinations that lack it: those that can copy it from the source by themselves do
 * so, the others are stored from one download. Used by one thread.
 */
final class Transfer {
    private final Endpoints endpoints;
    private final ServerCopy servers;
    private final Presence presence;
    private final Codec element;
    private final Map<Target, Sighting> found;
    private final Set<Target> streamed;

    /**
     * A round.
     *
     * @param found what was seen at the destinations
     * @param streamed those that have refused in an earlier round; they are stored to whatever they have. More are added.
     */
    Transfer(
            Endpoints endpoints,
            ServerCopy servers,
            Presence presence,
            Codec element,
            Map<Target, Sighting> found,
            Set<Target> streamed) {
        this.endpoints = endpoints;
        this.servers = servers;
        this.presence = presence;
        this.element = element;
        this.found = found;
        this.streamed = streamed;
    }

    /** Empty if the source does not have it any more. */
    Optional<State> to(List<Target> missing) throws TargetException, InterruptedException {
        return able(missing).isEmpty() ? download(missing) : locate(missing);
    }

    private Set<Target> able(Iterable<Target> targets) throws TargetException, InterruptedException {
        Set<Target> able = new LinkedHashSet<>();
        for (Target target : targets) {
            if (!streamed.contains(target) && servers.worksFor(target)) {
                able.add(target);
            }
        }
        return able;
    }

    private Optional<State> locate(List<Target> missing) throws TargetException, InterruptedException {
        Optional<LocatedObject> located = servers.locate(element);
        if (located.isEmpty()) {
            return Optional.empty();
        }
        ObjectAttributes attributes = located.get().attributes();
        if (attributes.version().isEmpty() || attributes.length().isEmpty()) {
            return download(missing); // a copy cannot be held to anything
        }
        Map<Target, Sighting> lacking = lacking(attributes.version(), missing);
        if (lacking.isEmpty()) {
            return Optional.of(present(attributes.version()));
        }
        return copy(located.get(), lacking);
    }

    private Optional<State> copy(LocatedObject object, Map<Target, Sighting> lacking)
            throws TargetException, InterruptedException {
        Set<Target> able = able(lacking.keySet());
        Map<Target, Sighting> others = new LinkedHashMap<>(lacking);
        others.keySet().removeAll(able);
        Map<Target, Sighting> copying = new LinkedHashMap<>(lacking);
        copying.keySet().retainAll(able);
        ServerCopy.Copied copied = servers.copy(element, object, copying);
        requireTaken(copied.refused());
        Outcome<Target, URI> stored = copied.stored();
        if (!others.isEmpty()) {
            Optional<IngestObject> download = endpoints.download(element);
            if (download.isEmpty()) {
                return Optional.empty();
            }
            stored = stored.and(stream(download.get(), object.attributes(), others));
        }
        long bytes = object.attributes().length().orElseThrow();
        return Optional.of(stored(stored, object.attributes().version(), bytes));
    }

    /** What is there now may be what was seen, or a copy that cannot be trusted; it is looked at again in either case. */
    private void requireTaken(Set<Target> refused) throws TargetException {
        if (refused.isEmpty()) {
            return;
        }
        streamed.addAll(refused);
        throw new TargetException(
                refused.iterator().next().name(),
                "store",
                new ChangedException("store " + element.id() + ": not copied by the store itself; it is downloaded"));
    }

    /** To the others the very version that was copied: clean-up counts on one that all have. */
    private Outcome<Target, URI> stream(IngestObject object, ObjectAttributes copied, Map<Target, Sighting> lacking)
            throws TargetException, InterruptedException {
        return closing(object, open -> {
            if (!open.attributes().version().equals(copied.version())) {
                throw new TargetException(
                        TargetException.SOURCE,
                        "download",
                        new ChangedException("download " + element.id() + ": the object was changed meanwhile"));
            }
            return endpoints.store(element, open, open.attributes(), lacking).stored();
        });
    }

    private Optional<State> download(List<Target> missing) throws TargetException, InterruptedException {
        Optional<IngestObject> object = endpoints.download(element);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(closing(object.get(), open -> store(open, missing)));
    }

    private State store(IngestObject object, List<Target> missing) throws TargetException, InterruptedException {
        ObjectAttributes attributes = object.attributes();
        Optional<String> version = attributes.version().or(element::knownVersion);
        ObjectAttributes recorded = version.map(attributes::withVersion).orElse(attributes);
        Map<Target, Sighting> lacking = lacking(version, missing);
        if (lacking.isEmpty()) {
            return present(version);
        }
        Copied copied = endpoints.store(element, object, recorded, lacking);
        return stored(copied.stored(), version, copied.bytes());
    }

    private State present(Optional<String> version) {
        URI uri = seenAt(endpoints.targets().get(0));
        return new State(new Done.Present(), uri, version.orElse(null), proven(version, Set.of()));
    }

    private State stored(Outcome<Target, URI> outcome, Optional<String> version, long bytes) throws TargetException {
        Map<Target, URI> stored = outcome.orThrow();
        Target first = endpoints.targets().get(0);
        URI uri = stored.containsKey(first) ? stored.get(first) : seenAt(first);
        return new State(new Done.Stored(bytes), uri, version.orElse(null), proven(version, stored.keySet()));
    }

    /** Whether each destination was stored to now, or had that very version before. */
    private boolean proven(Optional<String> version, Set<Target> stored) {
        return endpoints.targets().stream()
                .allMatch(target -> stored.contains(target)
                        || presence.proven(version, seen(target).found()));
    }

    private Sighting seen(Target target) {
        return requireNonNull(found.get(target));
    }

    private URI seenAt(Target target) {
        return seen(target).found().map(ObjectInfo::location).orElseThrow();
    }

    /** Those that want it and do not have the very version that the source has now. */
    private Map<Target, Sighting> lacking(Optional<String> version, List<Target> missing) {
        List<Target> wanting = presence.outdated(element, version) ? endpoints.targets() : missing;
        Map<Target, Sighting> lacking = new LinkedHashMap<>();
        for (Target target : wanting) {
            Sighting seen = seen(target);
            if (streamed.contains(target) || !presence.proven(version, seen.found())) {
                lacking.put(target, seen);
            }
        }
        return lacking;
    }

    /** What is done with an open object. */
    private interface Use<T> {
        T of(IngestObject open) throws TargetException, InterruptedException;
    }

    private <T> T closing(IngestObject object, Use<T> use) throws TargetException, InterruptedException {
        try (IngestObject open = object) {
            return use.of(open);
        } catch (IOException e) {
            throw new TargetException(
                    TargetException.SOURCE,
                    "download",
                    new TransientException("download " + element.id() + ": its stream could not be closed: " + e, e));
        }
    }
}
