package com.connylabs.ingest.api.plugin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of one source or destination, as a plugin reads them. Keys match without regard to case.
 *
 * <p>A value that is missing or cannot be understood is noted, not thrown, so that a user sees everything that is wrong
 * at once: a plugin asks for all its keys and then calls {@link #finish}. Keys that nobody asked for are in {@link
 * #unusedKeys}; the program warns about them. Used by one thread.
 *
 * <pre>{@code
 * String bucket = config.requiredString("bucket");
 * Optional<Secret> key = config.secret("secretAccessKey");
 * config.finish();
 * }</pre>
 */
public final class PluginConfig {
    private final Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> asked = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final List<ConfigProblem> problems = new ArrayList<>();

    /**
     * A configuration from parsed values.
     *
     * @param values strings, booleans, numbers, and lists and maps of them; a null stands for a key without a value
     */
    public PluginConfig(Map<String, ?> values) {
        for (Map.Entry<String, ?> entry : values.entrySet()) {
            String key = entry.getKey();
            if (entry.getValue() != null && this.values.put(key, entry.getValue()) != null) {
                problem(key, "is there more than once; keys match without regard to case");
            }
        }
    }

    /**
     * A text.
     *
     * @param key the key
     * @return the value, or empty if it is missing
     */
    public Optional<String> string(String key) {
        return scalar(key, "a text", text -> text);
    }

    /**
     * A text that must be there and not be empty.
     *
     * @param key the key
     * @return the value; an empty text if it is missing, which {@link #finish} reports
     */
    public String requiredString(String key) {
        String value = string(key).orElse("");
        if (value.isEmpty() && problems.stream().noneMatch(p -> p.key().equals(key))) {
            problem(key, "is required");
        }
        return value;
    }

    /**
     * A value that must stay unseen.
     *
     * @param key the key
     * @return the value, or empty if it is missing
     */
    public Optional<Secret> secret(String key) {
        return string(key).map(Secret::new);
    }

    /**
     * A switch that is off unless it is turned on. The Go original reads YAML 1.1, so {@code yes}, {@code on}, {@code no}
     * and {@code off} are understood too.
     *
     * @param key the key
     * @return whether it is {@code true}
     */
    public boolean flag(String key) {
        return scalar(key, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on" -> Boolean.TRUE;
                    case "false", "no", "off" -> Boolean.FALSE;
                    default -> throw new IllegalArgumentException(text);
                })
                .orElse(false);
    }

    /**
     * A number of bytes: {@code 8388608}, {@code 8MiB} or {@code 8MB}.
     *
     * @param key the key
     * @return the bytes, or empty if it is missing
     */
    public OptionalLong bytes(String key) {
        Optional<Long> value = scalar(key, "a number of bytes, for example 8MiB", Units::bytes);
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    /**
     * A duration as Go writes it: {@code 300s}, {@code 1h30m}, {@code 250ms}, or a bare number of nanoseconds.
     *
     * @param key the key
     * @return the duration, or empty if it is missing
     */
    public Optional<Duration> duration(String key) {
        return scalar(key, "a duration, for example 300s or 1h30m", Units::duration);
    }

    /**
     * A list of texts; a single text stands for a list of one.
     *
     * @param key the key
     * @return the values, empty if the key is missing
     */
    public List<String> strings(String key) {
        if (values.get(key) instanceof List<?> list) {
            asked.add(key);
            if (list.stream().allMatch(PluginConfig::isScalar)) {
                return list.stream().map(String::valueOf).toList();
            }
            problem(key, "expected a list of texts");
            return List.of();
        }
        return string(key).map(List::of).orElse(List.of());
    }

    /**
     * Notes that a value is wrong.
     *
     * @param key the key that it is about
     * @param reason what is wrong and what would be right; never the value of a secret
     */
    public void problem(String key, String reason) {
        problems.add(new ConfigProblem(key, reason));
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigException if anything was wrong, with all of it
     */
    public void finish() throws ConfigException {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /**
     * The keys that are set and that nobody has asked for.
     *
     * @return the keys as they were written
     */
    public Set<String> unusedKeys() {
        Set<String> unused = new TreeSet<>(values.keySet());
        unused.removeIf(asked::contains);
        return unused;
    }

    /**
     * The keys that the plugin has asked for so far, for suggesting what was meant.
     *
     * @return the keys as the plugin writes them
     */
    public Set<String> knownKeys() {
        return new TreeSet<>(asked);
    }

    private static boolean isScalar(@Nullable Object value) {
        return value != null && !(value instanceof Map) && !(value instanceof List);
    }

    private <T> Optional<T> scalar(String key, String expected, Function<String, T> parse) {
        asked.add(key);
        @Nullable Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!isScalar(value)) {
            problem(key, "expected " + expected + ", found a " + (value instanceof Map ? "map" : "list"));
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(value.toString()));
        } catch (IllegalArgumentException e) {
            problem(key, "expected " + expected);
            return Optional.empty();
        }
    }
}
