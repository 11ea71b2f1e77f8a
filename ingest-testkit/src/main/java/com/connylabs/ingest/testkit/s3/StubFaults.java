package com.connylabs.ingest.testkit.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What an {@link S3Stub} is to do wrong, and for how long. Safe to use from many threads. */
final class StubFaults {
    private final List<Injected> faults = new ArrayList<>();
    private final List<Ignored> ignored = new CopyOnWriteArrayList<>();

    synchronized void inject(int times, Predicate<StubRequest> when, Fault fault) {
        faults.add(new Injected(when, fault, times));
    }

    void ignore(String operation, String header) {
        ignored.add(new Ignored(operation, header));
    }

    synchronized Optional<Fault> next(StubRequest request) {
        for (Injected injected : faults) {
            if (injected.left > 0 && injected.when.test(request)) {
                injected.left--;
                return Optional.of(injected.fault);
            }
        }
        return Optional.empty();
    }

    StubRequest understood(StubRequest request) {
        StubRequest known = request;
        for (Ignored rule : ignored) {
            known = rule.operation().equals(request.operation()) ? known.without(rule.header()) : known;
        }
        return known;
    }

    private record Ignored(String operation, String header) {}

    private static final class Injected {
        private final Predicate<StubRequest> when;
        private final Fault fault;
        private int left;

        Injected(Predicate<StubRequest> when, Fault fault, int left) {
            this.when = when;
            this.fault = fault;
            this.left = left;
        }
    }
}
