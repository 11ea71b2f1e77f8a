package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.plugin.Destination;
import com.connylabs.ingest.api.plugin.Plugin;
import com.connylabs.ingest.testkit.Await;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The self-contained jar, with nothing around it but what the program provides. */
class PluginJarIT {
    /** What the program shows to a plugin. */
    private static final class Host extends ClassLoader {
        Host() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("com.connylabs.ingest.api.") || name.startsWith("org.slf4j.")) {
                return PluginJarIT.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    @Test
    void worksAlone() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (S3Stub stub = S3Stub.start();
                TestStore store = TestStore.of(stub, "bucket");
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {jar().toUri().toURL()}, new Host())) {
            Thread.currentThread().setContextClassLoader(loader);
            Plugin plugin = ServiceLoader.load(Plugin.class, loader).findFirst().orElseThrow();
            assertNotSame(S3Plugin.class, plugin.getClass(), "it comes from the jar");
            try (Destination destination = plugin.destination(store.context())) {
                destination.check();
                URI uri = destination.store(
                        Codec.of("a", "a"), IngestObject.of(ObjectAttributes.unknown(), new byte[] {1}));
                assertEquals(URI.create("s3://bucket/a"), uri, "location");
            }
            assertArrayEquals(
                    new byte[] {1}, stub.object("bucket", "a").orElseThrow().body(), "content");
            Await.until("no thread of the plugin is left", Duration.ofSeconds(10), () -> threadsOf(loader) == 0);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void holdsNothingThatTheProgramProvides() throws Exception {
        try (JarFile jar = new JarFile(jar().toFile())) {
            List<String> foreign = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("com/connylabs/ingest/api/")
                            || name.startsWith("org/slf4j/")
                            || name.startsWith("org/jspecify/")
                            || name.startsWith("io/netty/"))
                    .toList();
            assertEquals(List.of(), foreign, "entries");
        }
    }

    private static long threadsOf(ClassLoader loader) {
        Thread self = Thread.currentThread();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.equals(self) && thread.getContextClassLoader() == loader)
                .count();
    }

    private static Path jar() throws IOException {
        Path target = Path.of(System.getProperty("ingest.root"), "ingest-plugin-s3", "target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-plugin.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no plugin jar in " + target));
        }
    }
}
