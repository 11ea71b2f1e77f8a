package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.core.copy.Calls;
import com.connylabs.ingest.core.copy.Fan;
import com.connylabs.ingest.core.copy.Fan.Outcome;
import com.connylabs.ingest.core.copy.ObjectCopy;
import com.connylabs.ingest.core.copy.Target;
import com.connylabs.ingest.core.copy.TargetException;
import com.connylabs.ingest.core.metrics.Result;
import com.connylabs.ingest.core.metrics.WorkflowMetrics;
import com.connylabs.ingest.core.metrics.WorkflowMetrics.ClientOperation;
import com.connylabs.ingest.core.metrics.WorkflowMetrics.StorageOperation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A workflow's source and destinations, counted, and with their successes reported to the gate. */
final class Endpoints {
    private final Client source;
    private final List<Target> targets;
    private final Fan fan;
    private final ObjectCopy copy;
    private final Pace requests;
    private final EndpointGate gate;
    private final WorkflowMetrics metrics;

    Endpoints(
            Client source,
            List<Target> targets,
            Fan fan,
            ObjectCopy copy,
            Pace requests,
            EndpointGate gate,
            WorkflowMetrics metrics) {
        this.source = source;
        this.targets = List.copyOf(targets);
        this.fan = fan;
        this.copy = copy;
        this.requests = requests;
        this.gate = gate;
        this.metrics = metrics;
    }

    List<Target> targets() {
        return targets;
    }

    /** Asks every destination. */
    Map<Target, Sighting> stat(Codec element) throws TargetException, InterruptedException {
        requests.take(targets.size());
        long start = System.nanoTime();
        Outcome<Target, Sighting> found =
                fan.brief(targets, Target::name, (target, progress) -> statAt(target, element));
        composite(StorageOperation.STAT, found, start);
        return found.orThrow();
    }

    private Sighting statAt(Target target, Codec element) throws TargetException, InterruptedException {
        long start = System.nanoTime();
        Result result = Result.ERROR;
        try {
            Optional<ObjectInfo> found =
                    Calls.at(target.name(), "stat", () -> target.storage().stat(element));
            result = Result.SUCCESS;
            gate.succeeded(key(target.name(), "stat"));
            return new Sighting(found, start);
        } finally {
            metrics.storageOperation(target.name(), StorageOperation.STAT, result, since(start));
        }
    }

    /** Removes what was left of an element at the destinations by a worker that died. */
    void discardUnfinished(Codec element) throws TargetException, InterruptedException {
        requests.take(targets.size());
        fan.brief(targets, Target::name, (target, progress) -> discardAt(target, element))
                .orThrow();
    }

    private boolean discardAt(Target target, Codec element) throws TargetException, InterruptedException {
        Calls.at(target.name(), "discard", () -> {
            target.storage().discardUnfinished(element);
            return true;
        });
        gate.succeeded(key(target.name(), "discard"));
        return true;
    }

    Optional<IngestObject> download(Codec element) throws TargetException, InterruptedException {
        return client(ClientOperation.DOWNLOAD, "download", () -> source.download(element));
    }

    CleanUpResult cleanUp(Codec element) throws TargetException, InterruptedException {
        return client(ClientOperation.CLEANUP, "cleanup", () -> source.cleanUp(element));
    }

    /** Counts a call to the source. */
    <T> T client(ClientOperation operation, String name, Calls.Call<T> call)
            throws TargetException, InterruptedException {
        Result result = Result.ERROR;
        try {
            T value = Calls.at(TargetException.SOURCE, name, call);
            result = Result.SUCCESS;
            gate.succeeded(key(TargetException.SOURCE, name));
            return value;
        } finally {
            metrics.clientOperation(operation, result);
        }
    }

    /** Stores an object in some of the destinations, if they still have what was seen there. */
    ObjectCopy.Copied store(
            Codec element, IngestObject object, ObjectAttributes attributes, Map<Target, Sighting> missing)
            throws TargetException, InterruptedException {
        long start = System.nanoTime();
        requests.take(missing.size());
        ObjectCopy.Copied copied = copy.copy(element, object, attributes, missing);
        requests.took(copied.parts() * missing.size());
        stored(copied.stored(), missing.keySet(), start);
        return copied;
    }

    /** Counts what came of storing in some of the destinations. */
    void stored(Outcome<Target, URI> outcome, Set<Target> asked, long start) {
        Map<Target, URI> done = outcome.done();
        for (Target target : asked) {
            Result result = done.containsKey(target) ? Result.SUCCESS : Result.ERROR;
            metrics.storageOperation(target.name(), StorageOperation.STORE, result, since(start));
        }
        done.keySet().forEach(target -> gate.succeeded(key(target.name(), "store")));
        if (!asked.isEmpty()) {
            composite(StorageOperation.STORE, outcome, start);
        }
    }

    private void composite(StorageOperation operation, Outcome<?, ?> outcome, long start) {
        if (targets.size() > 1) {
            metrics.compositeOperation(
                    operation, outcome.failure() == null ? Result.SUCCESS : Result.ERROR, since(start));
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** What the gate knows an endpoint by. */
    static String key(String endpoint, String operation) {
        return endpoint + " " + operation;
    }
}
