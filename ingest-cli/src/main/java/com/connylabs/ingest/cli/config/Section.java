package com.connylabs.ingest.cli.config;

import com.connylabs.ingest.api.plugin.Units;
import com.connylabs.ingest.cli.config.Node.Entry;
import com.connylabs.ingest.cli.config.Node.Mapping;
import com.connylabs.ingest.cli.config.Node.Scalar;
import com.connylabs.ingest.cli.config.Node.Sequence;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A map of the configuration while it is read: gives values of the wanted type, and notes what is wrong with them. Keys
 * match without regard to case. Used by one thread.
 */
final class Section {
    private static final int LONGEST_SHOWN = 60;

    /** A text in a list, and whom to tell when it is wrong. */
    record Item(String text, Consumer<String> report) {}

    private final Mapping map;
    private final String path;
    private final Problems problems;
    private final Map<String, Entry> entries = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> asked = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    Section(Mapping map, String path, Problems problems) {
        this.map = map;
        this.path = path;
        this.problems = problems;
        map.entries().forEach(entry -> entries.put(entry.key(), entry));
    }

    String path() {
        return path;
    }

    Place place() {
        return map.place();
    }

    /** Where a key's value stands; where the map begins if it has no such key. */
    Place place(String key) {
        Entry entry = entries.get(key);
        return entry == null ? map.place() : entry.value().place();
    }

    /** Whether a key has any value. */
    boolean has(String key) {
        return !(value(key) instanceof Scalar scalar) || scalar.text() != null;
    }

    /** A text that must be there; empty if it is not, which is noted. */
    String requiredText(String key) {
        Optional<String> value = text(key);
        if (!has(key)) {
            problem(key, "is required");
        }
        return value.orElse("");
    }

    Optional<String> text(String key) {
        return parse(key, "a text", text -> text);
    }

    Optional<Duration> duration(String key) {
        return parse(key, "a duration such as 300s or 1h30m", Units::duration);
    }

    Optional<Long> bytes(String key) {
        return parse(key, "a number of bytes such as 500KiB or 20MiB", Units::bytes);
    }

    Optional<Boolean> flag(String key) {
        return parse(key, "true or false", Section::flagOf);
    }

    /** A number from 1; 0 stands for the default, as it does in the Go original. */
    int count(String key, int most, int whenMissing) {
        int value = parse(key, "a whole number from 1 to " + most, text -> inRange(text, most))
                .orElse(0);
        return value == 0 ? whenMissing : value;
    }

    Optional<URI> webUrl(String key) {
        return parse(key, "an http or https URL", Section::webUrlOf);
    }

    <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(constant.name().toLowerCase(Locale.ROOT));
        }
        return parse(key, String.join(" or ", names), text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    /** The maps of a list; empty if there is none. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        for (Node item : items(key, "a list of maps")) {
            String itemPath = pathOf(key) + "[" + sections.size() + "]";
            if (item instanceof Mapping itemMap) {
                sections.add(new Section(itemMap, itemPath, problems));
            } else {
                problems.add(item.place(), itemPath, "expected a map, found " + item.kind());
            }
        }
        return sections;
    }

    /** The texts of a list; a single text stands for a list of one. */
    List<Item> texts(String key) {
        Node value = value(key);
        boolean single = value instanceof Scalar scalar && scalar.text() != null;
        List<Node> nodes = single ? List.of(value) : items(key, "a list of texts");
        List<Item> texts = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String itemPath = single ? pathOf(key) : pathOf(key) + "[" + i + "]";
            text(nodes.get(i), itemPath).ifPresent(texts::add);
        }
        return texts;
    }

    private Optional<Item> text(Node node, String itemPath) {
        if (node instanceof Scalar scalar && scalar.text() != null) {
            return Optional.of(new Item(scalar.text(), reason -> problems.add(node.place(), itemPath, reason)));
        }
        problems.add(node.place(), itemPath, "expected a text, found " + node.kind());
        return Optional.empty();
    }

    /** A map below this one, if the key's value is one. */
    Optional<Section> section(String key) {
        return value(key) instanceof Mapping below
                ? Optional.of(new Section(below, pathOf(key), problems))
                : Optional.empty();
    }

    List<Entry> entries() {
        return map.entries();
    }

    /** Notes every key that nobody asked for. */
    void finish() {
        for (Entry entry : map.entries()) {
            if (!asked.contains(entry.key())) {
                problems.add(entry.place(), pathOf(entry.key()), "unknown key" + Suggestion.of(entry.key(), asked));
            }
        }
    }

    void problem(String key, String reason) {
        problems.add(place(key), pathOf(key), reason);
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Node value(String key) {
        asked.add(key);
        Entry entry = entries.get(key);
        return entry == null ? Scalar.nothing(map.place()) : entry.value();
    }

    private List<Node> items(String key, String expected) {
        Node value = value(key);
        if (value instanceof Sequence list) {
            return list.items();
        }
        if (!(value instanceof Scalar scalar) || scalar.text() != null) {
            problem(key, "expected " + expected + ", found " + value.kind());
        }
        return List.of();
    }

    private <T> Optional<T> parse(String key, String expected, Function<String, T> parser) {
        Node value = value(key);
        if (!(value instanceof Scalar scalar)) {
            problem(key, "expected " + expected + ", found " + value.kind());
            return Optional.empty();
        }
        if (scalar.text() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(scalar.text()));
        } catch (IllegalArgumentException e) {
            problem(key, "expected " + expected + found(scalar));
            return Optional.empty();
        }
    }

    /** Shows what was written, unless it came from the environment and may be a secret in the wrong place. */
    private static String found(Scalar scalar) {
        String text = String.valueOf(scalar.text());
        boolean readable = text.length() <= LONGEST_SHOWN && text.chars().noneMatch(Character::isISOControl);
        return scalar.literal() && readable ? ", found \"" + text + "\"" : "";
    }

    private static boolean flagOf(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static int inRange(String text, int most) {
        int value = Integer.parseInt(text);
        if (value < 0 || value > most) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static URI webUrlOf(String text) {
        URI url = URI.create(text);
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null) {
            throw new IllegalArgumentException();
        }
        return url;
    }
}
