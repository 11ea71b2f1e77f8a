package com.connylabs.ingest.api.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PluginConfigTest {
    @Test
    void everyKindOfValueIsRead() throws Exception {
        var config = new PluginConfig(Map.of(
                "text", "a",
                "number", 42,
                "on", true,
                "onAsText", "TRUE",
                "onInYaml11", "yes",
                "size", "8MiB",
                "wait", "1m",
                "many", List.of("a", 1),
                "one", "a",
                "password", "geheim"));
        assertEquals(Optional.of("a"), config.string("text"), "text");
        assertEquals(Optional.of("42"), config.string("number"), "a number as text");
        assertTrue(config.flag("on"), "switch");
        assertTrue(config.flag("onAsText"), "switch in another case");
        assertTrue(config.flag("onInYaml11"), "switch as the original reads it");
        assertEquals(OptionalLong.of(8 << 20), config.bytes("size"), "bytes");
        assertEquals(Optional.of(Duration.ofMinutes(1)), config.duration("wait"), "duration");
        assertEquals(List.of("a", "1"), config.strings("many"), "list");
        assertEquals(List.of("a"), config.strings("one"), "one for a list");
        assertEquals(Optional.of("geheim"), config.secret("password").map(Secret::reveal), "secret");
        config.finish();
    }

    @Test
    void whatIsMissingIsEmptyAndNoProblem() throws Exception {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("valueless", null);
        var config = new PluginConfig(values);
        assertEquals(Optional.empty(), config.string("valueless"), "key without a value");
        assertEquals(Optional.empty(), config.string("k"), "text");
        assertEquals(Optional.empty(), config.secret("k"), "secret");
        assertFalse(config.flag("k"), "switch");
        assertEquals(OptionalLong.empty(), config.bytes("k"), "bytes");
        assertEquals(Optional.empty(), config.duration("k"), "duration");
        assertEquals(List.of(), config.strings("k"), "list");
        config.finish();
    }

    @Test
    void keysMatchWithoutRegardToCase() throws Exception {
        var config = new PluginConfig(Map.of("ACCESSKEYID", "a", "Tags", List.of("b")));
        assertEquals("a", config.requiredString("accessKeyID"), "text");
        assertEquals(List.of("b"), config.strings("tags"), "list");
        assertEquals(Set.of(), config.unusedKeys(), "both were asked for");
        config.finish();
    }

    @Test
    void everythingThatIsWrongIsReportedTogether() {
        var config = new PluginConfig(Map.of(
                "flag", "maybe",
                "size", "big",
                "wait", "-1s",
                "text", Map.of("a", "b"),
                "nested", List.of(List.of("a")),
                "holes", Arrays.asList("a", null),
                "empty", ""));
        config.requiredString("bucket");
        config.requiredString("empty");
        config.flag("flag");
        config.bytes("size");
        config.duration("wait");
        config.requiredString("text");
        config.strings("nested");
        config.strings("holes");
        config.problem("flag", "cannot be on");
        var e = assertThrows(ConfigException.class, config::finish, "wrong configuration");
        assertEquals(
                List.of(
                        "bucket: is required",
                        "empty: is required",
                        "flag: expected true or false",
                        "size: expected a number of bytes, for example 8MiB",
                        "wait: expected a duration, for example 300s or 1h30m",
                        "text: expected a text, found a map",
                        "nested: expected a list of texts",
                        "holes: expected a list of texts",
                        "flag: cannot be on"),
                e.problems().stream().map(ConfigProblem::toString).toList(),
                "problems");
        assertTrue(String.valueOf(e.getMessage()).startsWith("bucket: is required; empty:"), e.getMessage());
    }

    @Test
    void keyThatIsThereTwiceIsAProblem() {
        var config = new PluginConfig(Map.of("bucket", "a", "Bucket", "b"));
        config.requiredString("bucket");
        var e = assertThrows(ConfigException.class, config::finish, "one of them would be ignored");
        assertEquals(1, e.problems().size(), e.getMessage());
    }

    @Test
    void valueOfASecretIsInNoMessage() {
        var config = new PluginConfig(Map.of("wait", "geheim", "secret", List.of("geheim")));
        config.duration("wait");
        config.secret("secret");
        var e = assertThrows(ConfigException.class, config::finish, "wrong configuration");
        assertFalse(String.valueOf(e.getMessage()).contains("geheim"), e.getMessage());
        assertEquals("***", new Secret("geheim").toString(), "a secret as text");
    }

    @Test
    void keysThatNobodyAskedForAreUnused() {
        var config = new PluginConfig(Map.of("bucket", "a", "Buckett", "b", "extra", List.of()));
        config.string("bucket");
        assertEquals(Set.of("Buckett", "extra"), config.unusedKeys(), "unused, as they were written");
        assertEquals(Set.of("bucket"), config.knownKeys(), "known, as the plugin writes them");
    }

    @Test
    void pluginThatIsNoSourceOrDestinationSaysSo() {
        Plugin plugin = () -> "nothing";
        var context = new PluginContext("n", new PluginConfig(Map.of()));
        var source = assertThrows(ConfigException.class, () -> plugin.source(context), "source");
        assertEquals("type: the plugin \"nothing\" cannot be used as a source", source.getMessage(), "message");
        assertThrows(ConfigException.class, () -> plugin.destination(context), "destination");
    }
}
