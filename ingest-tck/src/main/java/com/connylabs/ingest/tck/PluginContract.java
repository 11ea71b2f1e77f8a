package com.connylabs.ingest.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.plugin.ConfigException;
import com.connylabs.ingest.api.plugin.ConfigProblem;
import com.connylabs.ingest.api.plugin.Plugin;
import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.tck.LoadedPlugin.Made;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every plugin jar must do. Loads the jar as the program does, so it runs after the jar was built. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class PluginContract {
    private static final String UNKNOWN = "unknownKeyOfTheContract";
    private static final String SECRET = "open-sesame-4711";

    /** What a plugin can offer. */
    protected enum Kind {
        /** A source. */
        SOURCE,
        /** A destination. */
        DESTINATION
    }

    /** For subclasses. */
    protected PluginContract() {}

    /**
     * The plugin as users get it.
     *
     * @return its jar, with further ones that it needs
     */
    protected abstract List<Path> jars();

    /**
     * The name that a configuration gives as {@code type}.
     *
     * @return the name
     */
    protected abstract String type();

    /**
     * A configuration that is right.
     *
     * @param kind what is configured
     * @return keys and values, or empty if the plugin does not offer this
     */
    protected abstract Optional<Map<String, ?>> config(Kind kind);

    /**
     * The keys that must be there.
     *
     * @param kind what is configured
     * @return the keys as the plugin calls them
     */
    protected abstract Set<String> requiredKeys(Kind kind);

    /**
     * The keys whose values nobody may see.
     *
     * @return the keys as the plugin calls them
     */
    protected abstract Set<String> secretKeys();

    @Test
    void required_jarHoldsExactlyOnePluginInALoaderOfItsOwn() throws Exception {
        try (LoadedPlugin loaded = load()) {
            List<Plugin> plugins = loaded.plugins();
            assertEquals(1, plugins.size(), "plugins named in META-INF/services");
            Plugin plugin = plugins.get(0);
            assertSame(loaded.loader(), plugin.getClass().getClassLoader(), "the plugin's class comes from its jar");
            assertEquals(type(), plugin.type(), "type");
        }
    }

    @Test
    void required_pluginMakesWhatItOffersAndRefusesTheRest() throws Exception {
        try (LoadedPlugin loaded = load()) {
            for (Kind kind : Kind.values()) {
                if (config(kind).isPresent()) {
                    try (Made made = loaded.make(kind, right(kind))) {
                        assertNotNull(made.location(), "location");
                        assertEquals(made.location(), made.location(), "location, asked again");
                    }
                } else {
                    assertThrows(
                            ConfigException.class, () -> loaded.make(kind, new PluginConfig(Map.of())), kind.name());
                }
            }
        }
    }

    @Test
    void required_unknownKeysAreLeftToTheProgram() throws Exception {
        try (LoadedPlugin loaded = load()) {
            for (Kind kind : offered()) {
                Map<String, Object> values = values(kind);
                values.put(UNKNOWN, "x");
                PluginConfig config = new PluginConfig(values);
                loaded.make(kind, config).close();
                assertEquals(Set.of(UNKNOWN), config.unusedKeys(), "keys that nobody asked for, " + kind);
            }
        }
    }

    @Test
    void required_missingKeysAreNamedAllTogether() throws Exception {
        try (LoadedPlugin loaded = load()) {
            for (Kind kind : offered()) {
                Map<String, Object> values = values(kind);
                values.keySet().removeAll(requiredKeys(kind));
                Set<String> named = loaded.refusal(kind, new PluginConfig(values)).stream()
                        .flatMap(e -> e.problems().stream())
                        .map(ConfigProblem::key)
                        .collect(Collectors.toCollection(TreeSet::new));
                assertEquals(new TreeSet<>(requiredKeys(kind)), named, "missing keys, " + kind);
            }
        }
    }

    @Test
    void required_secretsAreShownNowhere() throws Exception {
        try (LoadedPlugin loaded = load()) {
            for (Kind kind : offered()) {
                Map<String, Object> values = values(kind);
                secretKeys().forEach(key -> values.put(key, SECRET));
                assertHidden(kind, textOf(loaded, kind, new PluginConfig(values)));
                values.replaceAll((key, value) -> secretKeys().contains(key) ? value : Map.of("not", "a text"));
                assertHidden(kind, textOf(loaded, kind, new PluginConfig(values)));
                secretKeys().forEach(key -> values.put(key, List.of(SECRET)));
                assertHidden(kind, textOf(loaded, kind, new PluginConfig(values)));
            }
        }
    }

    private static void assertHidden(Kind kind, String text) {
        assertFalse(text.contains(SECRET), () -> kind + " shows a secret: " + text);
    }

    /** Everything that somebody may print. */
    private static String textOf(LoadedPlugin loaded, Kind kind, PluginConfig config) throws Exception {
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text);
                Made made = loaded.make(kind, config)) {
            out.println(made + " " + made.location());
            made.check();
        } catch (IngestException e) {
            e.printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    @Test
    @SuppressWarnings("try") // closing twice is part of what is tested
    void required_closeEndsEveryThreadAndMayComeTwice() throws Exception {
        try (LoadedPlugin loaded = load()) {
            Set<Thread> before = new HashSet<>(threads());
            for (Kind kind : offered()) {
                try (Made made = loaded.make(kind, right(kind))) {
                    checkWhateverComesOfIt(made);
                    made.close();
                }
            }
            for (Thread thread : threads()) {
                if (thread.getContextClassLoader() == loaded.loader() && !before.contains(thread)) {
                    thread.join(10_000);
                    assertFalse(thread.isAlive(), "thread " + thread.getName() + " lives on after close");
                }
            }
        }
    }

    /** Threads are often started by the first connection. */
    private static void checkWhateverComesOfIt(Made made) throws Exception {
        try {
            made.check();
        } catch (IngestException e) {
            assertNotNull(e.getMessage(), "a failed check says why");
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    private LoadedPlugin load() {
        assertFalse(jars().isEmpty(), "there is a jar");
        jars().forEach(jar -> assertEquals(true, jar.toFile().isFile(), jar + " is there"));
        return new LoadedPlugin(jars());
    }

    private List<Kind> offered() {
        List<Kind> kinds = Arrays.stream(Kind.values())
                .filter(kind -> config(kind).isPresent())
                .toList();
        assertFalse(kinds.isEmpty(), "a plugin offers a source or a destination");
        return kinds;
    }

    private PluginConfig right(Kind kind) {
        return new PluginConfig(values(kind));
    }

    private Map<String, Object> values(Kind kind) {
        return new HashMap<>(config(kind).orElseThrow());
    }
}
