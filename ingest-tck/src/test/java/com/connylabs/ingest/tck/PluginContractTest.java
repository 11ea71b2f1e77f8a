package com.connylabs.ingest.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Applies the contract to a plugin that is compiled and packed here. */
class PluginContractTest extends PluginContract {
    private static final String PLUGIN = """
            package example;
            import com.connylabs.ingest.api.*;
            import com.connylabs.ingest.api.plugin.*;
            import java.net.URI;
            import java.util.*;
            import java.util.concurrent.*;
            public class ExamplePlugin implements Plugin {
                public String type() { return "example"; }
                public Destination destination(PluginContext context) throws ConfigException {
                    String url = context.config().requiredString("url");
                    String folder = context.config().requiredString("folder");
                    Optional<Secret> token = context.config().secret("token");
                    context.config().finish();
                    return new ExampleDestination(URI.create(url).resolve(folder), token);
                }
            }
            record ExampleDestination(URI location, Optional<Secret> token, ExecutorService threads)
                    implements Destination {
                ExampleDestination(URI location, Optional<Secret> token) {
                    this(location, token, Executors.newCachedThreadPool());
                }
                public void check() throws IngestException, InterruptedException {
                    try {
                        threads.submit(() -> token.map(Secret::reveal)).get();
                    } catch (ExecutionException e) {
                        throw new TransientException("check", e);
                    }
                    throw new EndpointException("nobody answers at " + location);
                }
                public Optional<ObjectInfo> stat(Codec element) { return Optional.empty(); }
                public URI store(Codec element, IngestObject object) { return location; }
                public void close() { threads.shutdownNow(); }
            }
            """;

    @TempDir
    static Path directory;

    @BeforeAll
    static void pack() throws IOException {
        Path source = Files.writeString(directory.resolve("ExamplePlugin.java"), PLUGIN);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString(), source.toString()));
        arguments.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertEquals(0, status, "the compiler's status");
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("com.connylabs.ingest.api.plugin.Plugin"), "example.ExamplePlugin\n");
        jar(classes);
    }

    private static void jar(Path classes) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(directory.resolve("example.jar")));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                out.write(Files.readAllBytes(file));
            }
            out.putNextEntry(new JarEntry("notice"));
            out.write("example".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    protected List<Path> jars() {
        return List.of(directory.resolve("example.jar"));
    }

    @Override
    protected String type() {
        return "example";
    }

    @Override
    protected Optional<Map<String, ?>> config(Kind kind) {
        return switch (kind) {
            case SOURCE -> Optional.empty();
            case DESTINATION -> Optional.of(Map.of("url", "https://example.com/", "folder", "a", "token", "t"));
        };
    }

    @Override
    protected Set<String> requiredKeys(Kind kind) {
        return Set.of("url", "folder");
    }

    @Override
    protected Set<String> secretKeys() {
        return Set.of("token");
    }
}
