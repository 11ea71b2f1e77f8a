package com.connylabs.ingest.cli.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.EndpointException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.api.Nexter;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.Upload;
import com.connylabs.ingest.api.plugin.Destination;
import com.connylabs.ingest.api.plugin.PluginConfig;
import com.connylabs.ingest.api.plugin.PluginContext;
import com.connylabs.ingest.api.plugin.Source;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test plugin fails unless it is called with its own context class loader. */
class GuardTest {
    private static final Codec ELEMENT = Codec.of("id", "name");

    @TempDir
    private Path dir;

    private PluginRegistry registry;
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void writePlugin() throws Exception {
        TestPlugin.jar().write(dir.resolve("mem.jar"));
        registry = new PluginRegistry(List.of(dir));
    }

    @AfterEach
    void loaderIsAsBefore() {
        registry.close();
        assertSame(before, Thread.currentThread().getContextClassLoader(), "context class loader after the calls");
    }

    @Test
    void listingRunsWithThePluginsLoader() throws Exception {
        try (Source source = registry.find("mem").source(context());
                Nexter nexter = source.nexter()) {
            nexter.reset();
            assertEquals(ELEMENT, nexter.next().orElseThrow(), "first");
            assertTrue(nexter.next().isEmpty(), "end");
        }
    }

    @Test
    void bodiesAndRangesRunWithThePluginsLoader() throws Exception {
        try (Source source = registry.find("mem").source(context());
                IngestObject object = source.download(ELEMENT).orElseThrow();
                InputStream range = object.ranges().orElseThrow().open(0, 1)) {
            assertArrayEquals(new byte[] {42}, object.body().readAllBytes(), "body");
            assertEquals(42, range.read(), "range");
            assertEquals(OptionalLong.of(1), object.attributes().length(), "length");
        }
    }

    @Test
    void optionalInterfacesAreKept() throws Exception {
        try (Destination destination = registry.find("mem").destination(context())) {
            MultipartStorage multipart = assertInstanceOf(MultipartStorage.class, destination);
            try (Upload upload = multipart.begin(ELEMENT, ObjectAttributes.unknown())) {
                assertEquals(URI.create("mem://a/"), upload.complete(0), "location of the upload");
            }
        }
    }

    @Test
    void whatAPluginLeavesToTheApiRunsWithItsLoaderToo() throws Exception {
        Sighting nothing = new Sighting(Optional.empty(), System.nanoTime());
        try (Destination destination = registry.find("mem").destination(context());
                IngestObject object = IngestObject.of(ObjectAttributes.unknown(), new byte[1])) {
            MultipartStorage multipart = assertInstanceOf(MultipartStorage.class, destination);
            assertEquals(URI.create("mem://a/name"), destination.store(ELEMENT, object, nothing), "stored");
            try (Upload upload = multipart.begin(ELEMENT, ObjectAttributes.unknown(), nothing)) {
                assertEquals(URI.create("mem://a/"), upload.complete(0), "location of the upload");
            }
            destination.discardUnfinished(ELEMENT);
            destination.discardUnfinished(Instant.now());
        }
    }

    @Test
    void bodyOfAnotherPluginIsReadWithThatPluginsLoader() throws Exception {
        TestPlugin.jar().write(dir.resolve("other/mem.jar"));
        try (PluginRegistry other = new PluginRegistry(List.of(dir.resolve("other")));
                Source source = other.find("mem").source(context());
                Destination destination = registry.find("mem").destination(context());
                IngestObject object = source.download(ELEMENT).orElseThrow()) {
            assertEquals(URI.create("mem://a/name"), destination.store(ELEMENT, object), "stored");
        }
    }

    @Test
    void errorsOfThePluginArriveAsTheyAre() throws Exception {
        PluginContext failing = new PluginContext("a", new PluginConfig(Map.of("at", "mem://a/", "fail", "refused")));
        try (Source source = registry.find("mem").source(failing)) {
            Exception e = assertThrows(EndpointException.class, source::check);
            assertEquals("mem://a/: refused", e.getMessage(), "message");
        }
    }

    @Test
    void guardsAreEqualOnlyToThemselves() throws Exception {
        try (Source one = registry.find("mem").source(context());
                Source two = registry.find("mem").source(context())) {
            assertEquals(one, one, "itself");
            assertNotEquals(one, two, "another");
        }
    }

    @Test
    void missingClassAtRunTimeIsTheEndpointsFault() throws Exception {
        TestPlugin.jar()
                .without("com.example.mem.MemPlugin$Endpoint$1")
                .without("com.example.mem.MemPlugin$Endpoint$2")
                .write(dir.resolve("broken/mem.jar"));
        try (PluginRegistry broken = new PluginRegistry(List.of(dir.resolve("broken")));
                Source source = broken.find("mem").source(context());
                Destination destination = broken.find("mem").destination(context())) {
            MultipartStorage multipart = assertInstanceOf(MultipartStorage.class, destination);
            String message = assertThrows(
                            EndpointException.class, () -> multipart.begin(ELEMENT, ObjectAttributes.unknown()))
                    .getMessage();
            assertTrue(
                    message.contains("mem.jar) is broken: ClassNotFoundException: com.example.mem.MemPlugin"), message);
            assertThrows(IllegalStateException.class, source::nexter, "a method that declares no such exception");
        }
    }

    private static PluginContext context() {
        return new PluginContext("a", new PluginConfig(Map.of("at", "mem://a/")));
    }
}
