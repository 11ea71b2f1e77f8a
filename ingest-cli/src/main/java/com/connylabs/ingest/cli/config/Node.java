package com.connylabs.ingest.cli.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a YAML document that knows where it stands. Aliases are resolved: two places may share one node. */
sealed interface Node {
    /** Where it begins. */
    Place place();

    /** What a user would call it. */
    String kind();

    /**
     * A value.
     *
     * @param text what was written, after expansion; null where there is nothing
     * @param literal whether it is what was written, without anything from the environment
     */
    record Scalar(Place place, @Nullable String text, boolean literal) implements Node {
        static Scalar nothing(Place place) {
            return new Scalar(place, null, true);
        }

        @Override
        public String kind() {
            return text == null ? "nothing" : "a value";
        }
    }

    /** A list. */
    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map, its keys in the order of the file, without duplicates and with merge keys resolved. */
    record Mapping(Place place, List<Entry> entries) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /** A key of a map and its value. */
    record Entry(String key, Place place, Node value) {}
}
