package com.connylabs.ingest.cli.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.PluginContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginRegistryTest {
    private static final String MINIMAL = """
            package com.example.min;

            import com.connylabs.ingest.api.plugin.*;

            public class MinPlugin implements Plugin {
                public String type() {
                    return %s;
                }
            }
            """;

    @TempDir
    private Path dir;

    @Test
    void looseJarAndDirectoryOfJarsAreFound() throws Exception {
        TestPlugin.jar().write(dir.resolve("mem.jar"));
        minimal("\"min\"").write(dir.resolve("sub/a.jar"));
        Files.writeString(dir.resolve("s3"), "a program of the original");
        Files.writeString(Files.createDirectory(dir.resolve("docs")).resolve("readme.txt"), "no jar");
        try (PluginRegistry registry = new PluginRegistry(List.of(dir))) {
            assertEquals(dir.resolve("mem.jar"), registry.find("mem").origin(), "loose jar");
            assertEquals(dir.resolve("sub"), registry.find("min").origin(), "directory");
        }
    }

    @Test
    void directoryThatCannotBeReadHurtsNoOtherPlugin() throws Exception {
        TestPlugin.jar().write(dir.resolve("a.jar"));
        Path gone = Files.createDirectory(dir.resolve("b"));
        minimal("\"min\"").write(dir.resolve("c.jar"));
        try (PluginRegistry registry = new PluginRegistry(List.of(dir))) {
            assertNotNull(registry.find("mem"), "the one before it");
            Files.delete(gone); // which stops even the superuser from reading it
            assertNotNull(registry.find("min"), "the one behind it");
            String message = assertThrows(PluginException.class, () -> registry.find("none"))
                    .getMessage();
            assertTrue(message.contains("passed over " + gone + " cannot be read"), message);
        }
    }

    @Test
    void classesMayBeSpreadOverTheJarsOfADirectory() throws Exception {
        String helper =
                "package com.example.help; public class Help { public static String type() { return \"two\"; } }";
        String type = "com.example.help.Help.type()";
        minimal(type).source(helper).without("com.example.help.Help").write(dir.resolve("p/plugin.jar"));
        new PluginJar().source(helper).write(dir.resolve("p/help.jar"));
        try (PluginRegistry registry = new PluginRegistry(List.of(dir))) {
            assertNotNull(registry.find("two"), "plugin of two jars");
        }
    }

    @Test
    void firstDirectoryWins() throws Exception {
        TestPlugin.jar().write(dir.resolve("one/z.jar"));
        TestPlugin.jar().write(dir.resolve("two/a.jar"));
        try (PluginRegistry registry =
                new PluginRegistry(List.of(dir.resolve("none"), dir.resolve("one"), dir.resolve("two")))) {
            assertEquals(dir.resolve("one/z.jar"), registry.find("mem").origin(), "origin");
        }
    }

    @Test
    void unknownTypeSaysWhereWasLookedAndWhatWasFound() throws Exception {
        TestPlugin.jar().write(dir.resolve("mem.jar"));
        assertEquals(
                "there is no plugin \"men\"; did you mean \"mem\"?; looked in " + dir + ", " + dir.resolve("none")
                        + " (does not exist), found mem",
                error("men", dir, dir.resolve("none")));
    }

    @Test
    void jarWithoutProviderIsNamed() throws Exception {
        new PluginJar().source(MINIMAL.formatted("\"min\"")).write(dir.resolve("min.jar"));
        assertBroken("min.jar: no provider of com.connylabs.ingest.api.plugin.Plugin; name the plugin's class in"
                + " META-INF/services/com.connylabs.ingest.api.plugin.Plugin (jars: min.jar)");
    }

    @Test
    void providerThatIsNotThereIsNamed() throws Exception {
        minimal("\"min\"").provider("com.example.min.Wrong").write(dir.resolve("min.jar"));
        assertBroken("min.jar: cannot be loaded: ServiceConfigurationError: com.connylabs.ingest.api.plugin.Plugin:"
                + " Provider com.example.min.Wrong not found");
    }

    @Test
    void providerThatIsNoPluginIsNamed() throws Exception {
        new PluginJar()
                .source("package com.example.min; public class Not {}")
                .provider("com.example.min.Not")
                .write(dir.resolve("min.jar"));
        assertBroken("com.example.min.Not not a subtype; the class named there must be public, a Plugin");
    }

    @Test
    void failingStaticInitializerIsNamed() throws Exception {
        String source = MINIMAL.formatted("TYPE")
                .replace(
                        "{\n    public String type",
                        "{ static final String TYPE = String.valueOf(Integer.parseInt(\"x\")); public String type");
        new PluginJar().source(source).provider("com.example.min.MinPlugin").write(dir.resolve("min.jar"));
        assertBroken(
                "min.jar: cannot be loaded: NumberFormatException: For input string: \"x\"; ask the plugin's author");
    }

    @Test
    void failingTypeIsNamed() throws Exception {
        minimal("String.valueOf(1 / Integer.parseInt(\"0\"))").write(dir.resolve("min.jar"));
        assertBroken("min.jar: cannot be loaded: ArithmeticException: / by zero; ask the plugin's author");
    }

    @Test
    void missingClassIsNamedWithTheRemedy() throws Exception {
        String helper = "package com.example.help; public class Help { public static String type() { return \"x\"; } }";
        minimal("com.example.help.Help.type()")
                .source(helper)
                .without("com.example.help.Help")
                .write(dir.resolve("min.jar"));
        assertBroken("ClassNotFoundException: com.example.help.Help;"
                + " a plugin's jars must hold all it needs but the JDK, the ingest API and SLF4J");
    }

    @Test
    void emptyTypeIsRefused() throws Exception {
        minimal("\" \"").write(dir.resolve("min.jar"));
        assertBroken("min.jar: its type is empty");
    }

    @Test
    void brokenJarIsNamed() throws Exception {
        Files.writeString(dir.resolve("min.jar"), "this is no jar");
        assertBroken("min.jar: is not a readable jar: zip END header not found; copy it again");
    }

    @Test
    void brokenPluginDoesNotHurtAnother() throws Exception {
        Files.writeString(dir.resolve("a.jar"), "this is no jar");
        TestPlugin.jar().write(dir.resolve("b.jar"));
        try (PluginRegistry registry = new PluginRegistry(List.of(dir))) {
            assertNotNull(registry.find("mem"), "the other plugin");
        }
    }

    @Test
    void pluginSeesTheApiAndSlf4jOfTheProgramAndNothingElse() throws Exception {
        // Its own class of a name that the program has too; and eyes for what it should not see.
        String yaml = "package org.snakeyaml.engine.v2.api; public class Load { public String toString()"
                + " { return \"mine\"; } }";
        String spy = """
                package com.example.min;

                public class MinPlugin implements com.connylabs.ingest.api.plugin.Plugin {
                    public String type() {
                        return new org.snakeyaml.engine.v2.api.Load() + see("org.slf4j.Logger")
                                + see("ch.qos.logback.core.Appender") + see("picocli.CommandLine")
                                + see("com.connylabs.ingest.cli.plugins.PluginRegistry");
                    }

                    static String see(String name) {
                        try {
                            return " " + (Class.forName(name).getClassLoader() != MinPlugin.class.getClassLoader());
                        } catch (ClassNotFoundException e) {
                            return " none";
                        }
                    }
                }
                """;
        new PluginJar()
                .source(spy)
                .source(yaml)
                .provider("com.example.min.MinPlugin")
                .write(dir.resolve("min.jar"));
        try (PluginRegistry registry = new PluginRegistry(List.of(dir))) {
            assertNotNull(registry.find("mine true none none none"), "what the plugin sees");
        }
    }

    @Test
    void missingClassWhileMakingAnEndpointIsAPluginError() throws Exception {
        TestPlugin.jar().without("com.example.mem.MemPlugin$Endpoint").write(dir.resolve("mem.jar"));
        try (PluginRegistry registry = new PluginRegistry(List.of(dir))) {
            LoadedPlugin plugin = registry.find("mem");
            PluginContext context = new PluginContext("a", new PluginConfig(Map.of("at", "mem://a/")));
            String message = assertThrows(PluginException.class, () -> plugin.source(context))
                    .getMessage();
            assertTrue(
                    message.startsWith("plugin \"mem\" (" + dir.resolve("mem.jar") + ") cannot make a source:"),
                    message);
        }
    }

    private static PluginJar minimal(String type) {
        return new PluginJar().source(MINIMAL.formatted(type)).provider("com.example.min.MinPlugin");
    }

    private void assertBroken(String reason) {
        String message = error("min", dir);
        assertTrue(message.contains("passed over " + dir) && message.contains(reason), message);
        assertFalse(message.contains("\n"), "one line: " + message);
    }

    private static String error(String type, Path... directories) {
        try (PluginRegistry registry = new PluginRegistry(List.of(directories))) {
            return assertThrows(PluginException.class, () -> registry.find(type))
                    .getMessage();
        }
    }
}
