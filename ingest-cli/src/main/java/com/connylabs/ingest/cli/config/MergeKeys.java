package com.connylabs.ingest.cli.config;

import com.connylabs.ingest.cli.config.Node.Entry;
import com.connylabs.ingest.cli.config.Node.Mapping;
import com.connylabs.ingest.cli.config.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the maps that {@code <<} refers to into the map that it stands in, and finds keys that stand twice, without regard
 * to case. A map's own keys win over merged ones, an earlier merged map over a later one.
 *
 * <p>Source: YAML's merge key, yaml.org/type/merge.html.
 */
final class MergeKeys {
    private static final String MERGE = "<<";

    private final String path;
    private final Problems problems;
    private final Map<String, Entry> byKey = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Entry> resolved = new ArrayList<>();

    MergeKeys(String path, Problems problems) {
        this.path = path;
        this.problems = problems;
    }

    List<Entry> resolve(List<Entry> entries) {
        entries.stream().filter(entry -> !entry.key().equals(MERGE)).forEach(this::own);
        entries.stream().filter(entry -> entry.key().equals(MERGE)).forEach(this::merge);
        return resolved;
    }

    private void own(Entry entry) {
        Entry first = byKey.putIfAbsent(entry.key(), entry);
        if (first == null) {
            resolved.add(entry);
        } else {
            problem(entry, "duplicate key, first in line " + first.place().line());
        }
    }

    private void merge(Entry merge) {
        List<Node> maps = merge.value() instanceof Sequence list ? list.items() : List.of(merge.value());
        for (Node node : maps) {
            if (node instanceof Mapping map) {
                map.entries().stream()
                        .filter(entry -> byKey.putIfAbsent(entry.key(), entry) == null)
                        .forEach(resolved::add);
            } else {
                problem(merge, "expected a map or a list of maps to merge, found " + node.kind());
            }
        }
    }

    private void problem(Entry entry, String reason) {
        problems.add(entry.place(), path.isEmpty() ? entry.key() : path + "." + entry.key(), reason);
    }
}
