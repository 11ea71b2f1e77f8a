package com.connylabs.ingest.core.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.RangeReader;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.tck.fake.InMemoryMultipartDestination;
import com.connylabs.ingest.tck.fake.Operation;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The parts of a large object are read and sent several at a time, and it is one object all the same, or none. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParallelPartsTest {
    private static final int PART = 10_000;
    private static final int AT_A_TIME = 4;
    private static final byte[] CONTENT = new byte[25 * PART + 1234];
    private static final Codec ELEMENT = Codec.of("a", "a");

    static {
        new Random(7).nextBytes(CONTENT);
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PartBuffers buffers = new PartBuffers(30 * PART);
    private final InMemoryMultipartDestination destination = new InMemoryMultipartDestination(PART);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void partsAreSentSeveralAtATime() throws Exception {
        CountDownLatch together = new CountDownLatch(AT_A_TIME);
        destination.hook((operation, name) -> {
            if (operation == Operation.PUT) {
                meet(together);
            }
        });

        copy(buffers, Optional.empty());

        assertStored(destination);
    }

    @Test
    void partsAreReadSeveralAtATime() throws Exception {
        CountDownLatch together = new CountDownLatch(AT_A_TIME);
        copy(buffers, Optional.of((offset, length) -> {
            meet(together);
            return range(offset, length);
        }));
        assertStored(destination);
    }

    @Test
    void aPartThatBreaksOffIsReadAgain() throws Exception {
        Set<Long> broken = ConcurrentHashMap.newKeySet();
        AtomicInteger opened = new AtomicInteger();
        copy(buffers, Optional.of((offset, length) -> {
            opened.incrementAndGet();
            return broken.add(offset) ? breaksOff(range(offset, length)) : range(offset, length);
        }));
        assertStored(destination);
        assertEquals(2 * 24 + 1, opened.get(), "ranges read; neither the first part nor the short last one breaks off");
    }

    @Test
    void whatBreaksOffAgainAndAgainIsAFailureOfTheSource() {
        assertFails(
                "broke off",
                (offset, length) -> offset == 20 * PART ? breaksOff(range(offset, length)) : range(offset, length));
    }

    @Test
    void anObjectThatChangesMeanwhileIsNotStored() {
        assertFails("has changed", (offset, length) -> {
            if (offset > 12 * PART) {
                throw new TransientException("the object has changed");
            }
            return range(offset, length);
        });
    }

    @Test
    void aPartThatIsNotWhatTheChecksumSaysIsNotStored() {
        assertFails("checksum", (offset, length) -> {
            byte[] part = Arrays.copyOfRange(CONTENT, (int) offset, (int) (offset + length));
            part[part.length - 1] ^= (byte) (offset == 24 * PART ? 1 : 0);
            return new ByteArrayInputStream(part);
        });
    }

    @Test
    void aPluginThatThrowsAnErrorHasFailedWithThisElement() {
        assertFails("fault of it", (offset, length) -> {
            throw new AssertionError("from the plugin");
        });
    }

    @Test
    void manyAtATimeGetAlongWithLittleMemory() throws Exception {
        PartBuffers few = new PartBuffers(3 * PART + 3000);
        List<Future<?>> copies = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            copies.add(threads.submit(() -> copy(few, Optional.of(this::range))));
        }
        for (Future<?> one : copies) {
            one.get();
        }
        assertStored(destination);
        assertEquals(few.total(), few.available(), "memory");
    }

    @Test
    void aPartThatFailsEndsTheOthersBeforeTheUploadIsAborted() throws Exception {
        AtomicInteger puts = new AtomicInteger();
        AtomicInteger under = new AtomicInteger();
        AtomicBoolean grewLater = new AtomicBoolean();
        destination.hook((operation, name) -> {
            if (operation != Operation.PUT) {
                return;
            }
            under.incrementAndGet();
            try {
                if (puts.incrementAndGet() == AT_A_TIME) {
                    throw new TransientException("part refused");
                }
                new CountDownLatch(1).await();
            } finally {
                grewLater.compareAndSet(false, destination.openUploads() == 0);
                under.decrementAndGet();
            }
        });

        ObjectCopy.Copied copied = copy(buffers, Optional.of(this::range));

        TargetException failure = Optional.ofNullable(copied.stored().failure()).orElseThrow();
        assertTrue(String.valueOf(failure.getMessage()).contains("part refused"), failure.getMessage());
        assertEquals(0, under.get(), "parts under way");
        assertEquals(false, grewLater.get(), "aborted before its parts had ended");
        assertNothingLeft();
    }

    @Test
    void anInterruptEndsEverything() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread worker = new Thread(() -> {
            try {
                copy(buffers, Optional.of((offset, length) -> {
                    reading.countDown();
                    new CountDownLatch(1).await();
                    return range(offset, length);
                }));
            } catch (InterruptedException e) {
                interrupted.countDown();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        worker.start();
        reading.await();

        worker.interrupt();

        assertTrue(interrupted.await(30, TimeUnit.SECONDS), "no InterruptedException");
        assertNothingLeft();
    }

    private void assertFails(String expected, RangeReader ranges) {
        TargetException e = assertThrows(TargetException.class, () -> copy(buffers, Optional.of(ranges)));
        assertEquals(TargetException.SOURCE, e.endpoint());
        assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
        assertNothingLeft();
    }

    private void assertNothingLeft() {
        assertTrue(destination.object("a").isEmpty(), "an object");
        assertEquals(0, destination.openUploads(), "uploads left open");
        assertEquals(buffers.total(), buffers.available(), "memory");
    }

    private void assertStored(InMemoryMultipartDestination at) {
        assertArrayEquals(CONTENT, at.object("a").orElseThrow().bytes());
        assertEquals(0, at.openUploads(), "uploads left open");
        assertEquals(buffers.total(), buffers.available(), "memory");
    }

    private ObjectCopy.Copied copy(PartBuffers memory, Optional<RangeReader> ranges) throws Exception {
        byte[] md5 = MessageDigest.getInstance("MD5").digest(CONTENT);
        ObjectAttributes attributes = new ObjectAttributes(
                OptionalLong.of(CONTENT.length),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.of("v1"),
                Optional.of(Checksum.of(Checksum.Algorithm.MD5, md5)));
        InputStream body = new ByteArrayInputStream(CONTENT);
        IngestObject object = ranges.map(reader -> IngestObject.of(attributes, body, reader))
                .orElseGet(() -> IngestObject.of(attributes, body));
        Target target = new Target("memory", destination);
        // What is there is not asked for: several write the same at once.
        Sighting anything = new Sighting(destination.stat(ELEMENT), System.nanoTime());
        try (Watch watch = new Watch(Duration.ofSeconds(30), Duration.ofSeconds(5), threads)) {
            ObjectCopy copy = new ObjectCopy(new Fan(threads, watch), threads, memory);
            return copy.copy(ELEMENT, object, attributes, Map.of(target, anything));
        }
    }

    private InputStream range(long offset, long length) {
        Objects.checkFromIndexSize(offset, length, CONTENT.length);
        return new ByteArrayInputStream(CONTENT, (int) offset, (int) length);
    }

    private static InputStream breaksOff(InputStream in) {
        return new FilterInputStream(in) {
            private int left = PART / 2;

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (left == 0) {
                    throw new IOException("connection reset");
                }
                int count = super.read(into, offset, Math.min(left, length));
                left -= count;
                return count;
            }
        };
    }

    private static void meet(CountDownLatch all) throws InterruptedException {
        all.countDown();
        all.await();
    }
}
