package com.connylabs.ingest.cli.config;

import com.connylabs.ingest.cli.config.Node.Entry;
import com.connylabs.ingest.cli.config.Node.Mapping;
import com.connylabs.ingest.cli.config.Node.Scalar;
import com.connylabs.ingest.cli.config.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A source or a destination as it was configured: its name, its plugin's type, and the plugin's own keys. */
public final class EndpointConfig {
    private static final Set<String> OWN_KEYS = Set.of("name", "type");

    private final String path;
    private final Place place;
    private final String name;
    private final String type;
    private final List<Entry> entries;

    EndpointConfig(String path, Place place, String name, String type, List<Entry> entries) {
        this.path = path;
        this.place = place;
        this.name = name;
        this.type = type;
        this.entries = entries;
    }

    /** Reads one from its part of the file. */
    static EndpointConfig of(Section section) {
        String name = section.requiredText("name");
        String type = section.requiredText("type");
        return new EndpointConfig(section.path(), section.place(), name, type, section.entries());
    }

    /**
     * Its path in the file.
     *
     * @return for example {@code sources[0]}
     */
    public String path() {
        return path;
    }

    /**
     * Where it stands.
     *
     * @return where its part begins
     */
    public Place place() {
        return place;
    }

    /**
     * The name that workflows refer to.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The plugin's type.
     *
     * @return for example {@code s3}
     */
    public String type() {
        return type;
    }

    /**
     * Where one of its keys stands.
     *
     * @param key the key, without regard to case
     * @return the place of the key, or where the part begins if it has no such key
     */
    public Place place(String key) {
        return entries.stream()
                .filter(entry -> entry.key().equalsIgnoreCase(key))
                .map(Entry::place)
                .findFirst()
                .orElse(place);
    }

    /**
     * What the plugin gets: every key but name and type, values as they were written, after expansion.
     *
     * @return texts, lists and maps, by key; null where a key has no value
     */
    public Map<String, @Nullable Object> values() {
        return valuesOf(entries.stream()
                .filter(entry -> !OWN_KEYS.contains(entry.key().toLowerCase(Locale.ROOT)))
                .toList());
    }

    private static Map<String, @Nullable Object> valuesOf(List<Entry> entries) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        entries.forEach(entry -> values.put(entry.key(), valueOf(entry.value())));
        return values;
    }

    private static @Nullable Object valueOf(Node node) {
        if (node instanceof Mapping map) {
            return valuesOf(map.entries());
        }
        if (node instanceof Sequence list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.items().forEach(item -> values.add(valueOf(item)));
            return values;
        }
        return ((Scalar) node).text();
    }

    /** Names it without its keys, which hold secrets. */
    @Override
    public String toString() {
        return path + " " + name + " (" + type + ")";
    }
}
