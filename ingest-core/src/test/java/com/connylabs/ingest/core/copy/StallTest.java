package com.connylabs.ingest.core.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.core.copy.ObjectCopy.Copied;
import com.connylabs.ingest.tck.fake.InMemoryMultipartDestination;
import com.connylabs.ingest.tck.fake.Operation;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A destination that hangs in the middle of a large object is dropped; the others get it, and nothing stays behind. */
class StallTest {
    private static final Codec ELEMENT = Codec.of("a", "a");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Watch watch = new Watch(Duration.ofSeconds(5), Duration.ofSeconds(20), threads);
    private final PartBuffers buffers = new PartBuffers(100_000);
    private final InMemoryMultipartDestination hanging = new InMemoryMultipartDestination(10_000);
    private final InMemoryMultipartDestination fine = new InMemoryMultipartDestination(10_000);

    @AfterEach
    void end() {
        watch.close();
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"BEGIN", "PUT", "COMPLETE"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isDroppedAndTheOthersFinish(Operation where) throws Exception {
        hanging.hook((operation, name) -> {
            if (operation == where) {
                new CountDownLatch(1).await();
            }
        });
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        Target dropped = new Target("hanging", hanging);
        Target finished = new Target("fine", fine);
        Map<Target, Sighting> targets = new LinkedHashMap<>();
        for (Target target : new Target[] {dropped, finished}) {
            targets.put(target, new Sighting(target.storage().stat(ELEMENT), System.nanoTime()));
        }
        ObjectCopy copy = new ObjectCopy(new Fan(threads, watch), threads, buffers);
        IngestObject object = IngestObject.of(ObjectAttributes.unknown(), new ByteArrayInputStream(content));

        Copied copied = copy.copy(ELEMENT, object, ObjectAttributes.unknown(), targets);

        assertEquals(Set.of(finished), copied.stored().done().keySet());
        TargetException failure = Optional.ofNullable(copied.stored().failure()).orElseThrow();
        assertEquals("hanging", failure.endpoint());
        assertTrue(String.valueOf(failure.getMessage()).contains("no progress"), failure.getMessage());
        assertArrayEquals(content, fine.object("a").orElseThrow().bytes());
        assertEquals(0, hanging.openUploads(), "uploads left open");
        assertEquals(buffers.total(), buffers.available(), "memory");
    }
}
