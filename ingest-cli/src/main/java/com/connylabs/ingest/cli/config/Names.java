package com.connylabs.ingest.cli.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The names of one kind of thing: finds those that are given twice, and references to those that are not given. */
final class Names {
    private final String kind;
    private final Map<String, Section> given = new TreeMap<>();

    Names(String kind) {
        this.kind = kind;
    }

    /** Notes that a section has a name. */
    void give(String name, Section section) {
        Section first = name.isEmpty() ? null : given.putIfAbsent(name, section);
        if (first != null) {
            int line = first.place("name").line();
            section.problem(
                    "name", "duplicate " + kind + " \"" + name + "\", first at " + first.path() + " in line " + line);
        }
    }

    /** Reports a name that was not given. */
    void refer(String name, Consumer<String> report) {
        if (!name.isEmpty() && !given.containsKey(name)) {
            report.accept("there is no " + kind + " \"" + name + "\"" + Suggestion.of(name, given.keySet()));
        }
    }
}
