package com.connylabs.ingest.it.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every version that was ever written to the source. Safe to use from many threads. */
final class Ledger {
    private final Map<String, List<Version>> versions = new TreeMap<>();

    /** The number of the version that comes next. */
    synchronized int next(String key) {
        return versions.getOrDefault(key, List.of()).size() + 1;
    }

    /** To be called before the version is written, so that nobody sees one that is not known here. */
    synchronized void add(String key, Version version) {
        versions.computeIfAbsent(key, missing -> new ArrayList<>()).add(version);
    }

    synchronized List<String> keys() {
        return List.copyOf(versions.keySet());
    }

    /** The keys that were written once. */
    synchronized List<String> neverChanged() {
        return versions.entrySet().stream()
                .filter(entry -> entry.getValue().size() == 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized boolean knows(String key) {
        return versions.containsKey(key);
    }

    synchronized Version last(String key) {
        List<Version> all = versions.get(key);
        return all.get(all.size() - 1);
    }

    synchronized Optional<Version> find(String key, String sha256) {
        return versions.getOrDefault(key, List.of()).stream()
                .filter(version -> version.sha256().equals(sha256))
                .findFirst();
    }

    synchronized int count() {
        return versions.values().stream().mapToInt(List::size).sum();
    }
}
