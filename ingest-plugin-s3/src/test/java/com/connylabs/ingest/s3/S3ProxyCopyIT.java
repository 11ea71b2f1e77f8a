package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.ChangedException;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.LocatedObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.testkit.s3.S3Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server copies by itself, between buckets and within one. */
class S3ProxyCopyIT {
    private static final int PART = 5 << 20;
    private static final Codec ELEMENT = Codec.of("in/a", "a");

    private static S3Server server;

    private TestStore from;
    private TestStore to;
    private S3Source source;
    private S3Destination destination;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        server = S3Server.start(dir);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        from = TestStore.of(server, "from-" + UUID.randomUUID());
        to = TestStore.of(server, "to-" + UUID.randomUUID());
        source = from.source();
        destination = inParts(to);
    }

    @AfterEach
    void close() {
        source.close();
        destination.close();
        from.close();
        to.close();
    }

    private static S3Destination inParts(TestStore store, String... keysAndValues) throws Exception {
        return new S3Destination(
                DestinationConfig.read(store.context(keysAndValues).config()),
                new MarkerPlaces(),
                new S3Copy.Sizes(PART, PART));
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private void put(byte[] bytes) throws Exception {
        try (S3Destination uploader = from.destination("prefix", "in")) {
            ObjectAttributes attributes =
                    ObjectAttributes.unknown().withContentType("text/css").withMetadata(Map.of("color", "red"));
            uploader.store(ELEMENT, IngestObject.of(attributes, bytes));
        }
    }

    private LocatedObject located() throws Exception {
        return source.locate(ELEMENT).orElseThrow();
    }

    private boolean copy(S3Destination at, LocatedObject object) throws Exception {
        Sighting seen = new Sighting(at.stat(ELEMENT), System.nanoTime());
        return at.copy(ELEMENT, object, seen, () -> {}).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, PART, 3 * PART + 1})
    void everySizeArrives(int size) throws Exception {
        put(bytes(size, size));
        assertTrue(copy(destination, located()), "copied");
        assertArrayEquals(bytes(size, size), to.read("a").orElseThrow());
        put(bytes(size + 1, 2));
        assertTrue(copy(destination, located()), "over the other");
        assertArrayEquals(bytes(size + 1, 2), to.read("a").orElseThrow());
        try (S3Source read = to.source();
                IngestObject copy = read.download(Codec.of("a", "a")).orElseThrow()) {
            assertEquals(Optional.of("text/css"), copy.attributes().contentType());
            assertEquals(Map.of("color", "red"), copy.attributes().metadata());
        }
        assertEquals(
                located().attributes().version(),
                destination.stat(ELEMENT).orElseThrow().version());
        assertEquals(List.of("a"), to.contents(), "and nothing else");
    }

    @Test
    void withinABucket() throws Exception {
        put(bytes(1000, 1));
        try (S3Destination beside = inParts(from, "prefix", "out")) {
            assertTrue(copy(beside, located()), "copied");
        }
        assertArrayEquals(bytes(1000, 1), from.read("out/a").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 2 * PART})
    void anotherVersionIsNotCopied(int size) throws Exception {
        put(bytes(size, 1));
        LocatedObject older = located();
        put(bytes(size, 2));
        assertThrows(ChangedException.class, () -> copy(destination, older));
        assertEquals(List.of(), to.contents());
    }

    /** This server ignores conditions with a copy, but not with the completion of an upload. */
    @ParameterizedTest
    @CsvSource({"1000, 6", "11000000, 0"})
    void nothingIsPutOverWhatAnotherWorkerStored(int size, long secondsAgo) throws Exception {
        put(bytes(size, 1));
        Sighting nothing = new Sighting(Optional.empty(), System.nanoTime() - TimeUnit.SECONDS.toNanos(secondsAgo));
        LocatedObject object = located();
        to.put("a", bytes(7, 7));
        assertThrows(ChangedException.class, () -> destination.copy(ELEMENT, object, nothing, () -> {}));
        assertArrayEquals(bytes(7, 7), to.read("a").orElseThrow());
        assertEquals(List.of("a"), to.contents());
    }
}
