package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.copy.ObjectCopy.Copied;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.copy.TargetException;
import com.connylabs.ingest.core.webhook.Webhook;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Does everything that one element asks for, in this order: store in every destination that lacks it, tell the webhook,
 * clean up the source. Idempotent: after a failure anywhere it starts from the beginning. Safe to use from many threads.
 */
final class ElementCopy {
    /** How often a source object may change under us in one go before we come back to it later. */
    private static final int MOST_CHANGES = 3;

    private final Endpoints endpoints;
    private final Presence presence;
    private final @Nullable Webhook webhook;
    private final boolean cleanUp;

    ElementCopy(Endpoints endpoints, DequeuerOptions options, @Nullable Webhook webhook) {
        this.endpoints = endpoints;
        this.presence =
                new Presence(options.copying().onChange(), options.copying().cleanUp());
        this.webhook = webhook;
        this.cleanUp = options.copying().cleanUp();
    }

    /** What came of an element that was worked off. */
    sealed interface Done {
        /** It was stored where it was missing. */
        record Stored(long bytes) implements Done {}

        /** It was everywhere already. */
        record Present() implements Done {}

        /** The source does not have it any more. */
        record Gone() implements Done {}
    }

    /** What the destinations have now: the first one's URI, and the one version that all of them have, if they know it. */
    private record State(Done done, URI uri, @Nullable String version) {}

    /**
     * Works an element off.
     *
     * @param again whether it was delivered before, so that the webhook may not have been told
     */
    Done run(Codec element, boolean again) throws TargetException, InterruptedException {
        for (int changes = 0; changes < MOST_CHANGES; changes++) {
            // After a change, what was listed and what the destinations have does not matter any more.
            Optional<State> state = changes == 0 ? storeMissing(element) : storeEverywhere(element);
            if (state.isEmpty()) {
                return new Done.Gone();
            }
            tell(state.get(), again);
            if (!cleanUp || cleaned(element.withVersion(state.get().version()))) {
                return state.get().done();
            }
        }
        throw new TargetException(
                TargetException.SOURCE,
                "cleanup",
                new TransientException(element.id() + " changes at the source faster than it can be copied"));
    }

    private boolean cleaned(Codec copied) throws TargetException, InterruptedException {
        return endpoints.cleanUp(copied) != CleanUpResult.CHANGED;
    }

    private void tell(State state, boolean again) throws TargetException, InterruptedException {
        if (webhook == null || !(again || state.done() instanceof Done.Stored)) {
            return;
        }
        try {
            webhook.tell(state.uri());
        } catch (IngestException e) {
            throw new TargetException("(webhook)", "webhook", e);
        }
    }

    private Optional<State> storeMissing(Codec element) throws TargetException, InterruptedException {
        Map<Target, Optional<ObjectInfo>> found = endpoints.stat(element);
        List<Target> missing = missing(element, found);
        if (missing.isEmpty()) {
            ObjectInfo first = at(found, endpoints.targets().get(0)).orElseThrow();
            return Optional.of(new State(
                    new Done.Present(), first.location(), first.version().orElse(null)));
        }
        return download(element, found, missing);
    }

    private Optional<State> storeEverywhere(Codec element) throws TargetException, InterruptedException {
        return download(element.withVersion(null), Map.of(), endpoints.targets());
    }

    private Optional<State> download(Codec element, Map<Target, Optional<ObjectInfo>> found, List<Target> missing)
            throws TargetException, InterruptedException {
        Optional<IngestObject> object = endpoints.download(element);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        try (IngestObject open = object.get()) {
            return Optional.of(copy(element, open, found, missing));
        } catch (IOException e) {
            throw new TargetException(
                    TargetException.SOURCE,
                    "download",
                    new TransientException("download " + element.id() + ": its stream could not be closed: " + e, e));
        }
    }

    private List<Target> missing(Codec element, Map<Target, Optional<ObjectInfo>> found) {
        List<Target> missing = endpoints.targets().stream()
                .filter(target -> !presence.current(element, at(found, target)))
                .toList();
        boolean agree = found.values().stream()
                        .map(info -> info.flatMap(ObjectInfo::version))
                        .distinct()
                        .count()
                <= 1;
        // Cleaning up takes one version that all of them have.
        return missing.isEmpty() && cleanUp && !agree ? endpoints.targets() : missing;
    }

    private State copy(
            Codec element, IngestObject object, Map<Target, Optional<ObjectInfo>> found, List<Target> missing)
            throws TargetException, InterruptedException {
        ObjectAttributes attributes = object.attributes();
        Optional<String> version = attributes.version().or(element::knownVersion);
        ObjectAttributes recorded = version.map(attributes::withVersion).orElse(attributes);
        List<Target> stale = cleanUp ? stale(found, missing, version) : missing;
        Copied copied = endpoints.store(element, object, recorded, stale);
        Map<Target, URI> stored = copied.stored().orThrow();
        Target first = endpoints.targets().get(0);
        URI uri = stored.containsKey(first)
                ? stored.get(first)
                : at(found, first).orElseThrow().location();
        return new State(new Done.Stored(copied.bytes()), uri, version.orElse(null));
    }

    /** What is stored now may be newer than what was listed: then nobody has it, and all have to get it before it may be removed. */
    private List<Target> stale(
            Map<Target, Optional<ObjectInfo>> found, List<Target> missing, Optional<String> version) {
        return endpoints.targets().stream()
                .filter(target -> missing.contains(target)
                        || !at(found, target).flatMap(ObjectInfo::version).equals(version))
                .toList();
    }

    private static Optional<ObjectInfo> at(Map<Target, Optional<ObjectInfo>> found, Target target) {
        return found.getOrDefault(target, Optional.empty());
    }
}
