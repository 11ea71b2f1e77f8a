package com.connylabs.ingest.core.dequeue;

import static java.util.Objects.requireNonNull;

import com.connylabs.ingest.api.ChangedException;
import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.copy.TargetException;
import com.connylabs.ingest.core.webhook.Webhook;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does everything that one element asks for, in this order: store in every destination that lacks it, tell the webhook,
 * clean up the source. Idempotent: after a failure anywhere it starts from the beginning. Safe to use from many threads.
 */
final class ElementCopy {
    private static final Logger log = LoggerFactory.getLogger(ElementCopy.class);

    /** How often a source object or a destination may change under us in one go before we come back to it later. */
    private static final int MOST_CHANGES = 3;

    private final Endpoints endpoints;
    private final ServerCopy servers;
    private final Presence presence;
    private final @Nullable Webhook webhook;
    private final boolean cleanUp;

    ElementCopy(Endpoints endpoints, ServerCopy servers, DequeuerOptions options, @Nullable Webhook webhook) {
        this.endpoints = endpoints;
        this.servers = servers;
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

    /**
     * What the destinations have now.
     *
     * @param done what was done for it
     * @param uri the first one's
     * @param version what was stored, or what the first one has, if that is known
     * @param proven whether all of them are known to have that very version, so that the source needs to keep it no longer
     */
    record State(Done done, URI uri, @Nullable String version, boolean proven) {}

    /**
     * Works an element off.
     *
     * @param again whether it was tried before, so that something may be left of it, and the webhook may not have been told
     */
    Done run(Codec element, boolean again) throws TargetException, InterruptedException {
        if (again) {
            endpoints.discardUnfinished(element);
        }
        boolean maybeUntold = again;
        boolean overwritten = false;
        Set<Target> streamed = new HashSet<>(); // those that do not copy it by themselves
        TargetException change = tooFast(element);
        for (int changes = 0; changes < MOST_CHANGES; changes++) {
            try {
                // After a change at the source, what was listed does not matter any more.
                Optional<State> state = overwritten ? storeNewest(element, streamed) : storeMissing(element, streamed);
                if (state.isEmpty()) {
                    return new Done.Gone();
                }
                tell(state.get(), maybeUntold);
                if (!cleanUp || cleaned(element, state.get())) {
                    return state.get().done();
                }
                overwritten = true;
            } catch (TargetException e) {
                change = changed(e);
                maybeUntold = true; // what is found there now may be ours: only the answer was lost
            }
        }
        throw change;
    }

    /** Returns the failure if it says that something has changed, so that all has to be looked at again. */
    private static TargetException changed(TargetException e) throws TargetException {
        if (!(e.failure() instanceof ChangedException)) {
            throw e;
        }
        log.atDebug()
                .addKeyValue("destination", e.endpoint())
                .addKeyValue("reason", e.getMessage())
                .log("looked at again");
        return e;
    }

    private static TargetException tooFast(Codec element) {
        return new TargetException(
                TargetException.SOURCE,
                "cleanup",
                new TransientException(element.id() + " changes at the source faster than it can be copied"));
    }

    /** False if the source has another version, which is to be copied too before it is removed. */
    private boolean cleaned(Codec element, State state) throws TargetException, InterruptedException {
        if (!state.proven()) {
            log.atDebug()
                    .addKeyValue("element", element.id())
                    .log("stays at the source: not every destination is known to have that version");
            return true;
        }
        return endpoints.cleanUp(element.withVersion(state.version())) != CleanUpResult.CHANGED || !presence.unites();
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

    private Optional<State> storeMissing(Codec element, Set<Target> streamed)
            throws TargetException, InterruptedException {
        Map<Target, Sighting> found = endpoints.stat(element);
        List<Target> missing = missing(element, found, streamed);
        if (missing.isEmpty()) {
            return Optional.of(present(found));
        }
        return new Transfer(endpoints, servers, presence, element, found, streamed).to(missing);
    }

    private State present(Map<Target, Sighting> found) {
        ObjectInfo first = at(found, endpoints.targets().get(0)).orElseThrow();
        Optional<String> version = first.version();
        boolean proven = found.values().stream().allMatch(seen -> presence.proven(version, seen.found()));
        return new State(new Done.Present(), first.location(), version.orElse(null), proven);
    }

    private Optional<State> storeNewest(Codec element, Set<Target> streamed)
            throws TargetException, InterruptedException {
        Codec newest = element.withVersion(null);
        Map<Target, Sighting> found = endpoints.stat(newest);
        return new Transfer(endpoints, servers, presence, newest, found, streamed).to(endpoints.targets());
    }

    private List<Target> missing(Codec element, Map<Target, Sighting> found, Set<Target> streamed) {
        List<Target> missing = new ArrayList<>();
        for (Target target : endpoints.targets()) {
            if (streamed.contains(target) || !presence.current(element, at(found, target))) {
                missing.add(target);
            }
        }
        return missing.isEmpty() && presence.unites() && !agree(found.values()) ? endpoints.targets() : missing;
    }

    /** Whether all have the same version, as far as they know it. */
    private static boolean agree(Collection<Sighting> found) {
        return found.stream()
                        .map(seen -> seen.found().flatMap(ObjectInfo::version))
                        .distinct()
                        .count()
                <= 1;
    }

    private static Optional<ObjectInfo> at(Map<Target, Sighting> found, Target target) {
        return requireNonNull(found.get(target)).found();
    }
}
