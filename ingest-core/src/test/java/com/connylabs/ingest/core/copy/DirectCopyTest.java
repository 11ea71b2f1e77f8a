package com.connylabs.ingest.core.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.api.VerifyingStorage;
import com.connylabs.ingest.core.copy.ObjectCopy.Copied;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects that pass through to a storage that checks them by itself. */
class DirectCopyTest {
    private static final Codec ELEMENT = Codec.of("a", "a");
    private static final byte[] CONTENT = new byte[300_000];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PartBuffers buffers = new PartBuffers(100_000);
    private final Checking storage = new Checking();
    private final Checking other = new Checking();
    private Duration patience = Duration.ofSeconds(30);

    /** Says that it checks, and keeps what it read; keeps nothing if it could not read all. */
    private static final class Checking implements VerifyingStorage {
        private final Map<String, byte[]> objects = new HashMap<>();
        private boolean verifies = true;
        private boolean passed;
        private boolean hangs;
        private boolean hangsWhenAsked;

        @Override
        public boolean verifies(Codec element, ObjectAttributes attributes) throws InterruptedException {
            if (hangsWhenAsked) {
                new CountDownLatch(1).await();
            }
            return verifies;
        }

        @Override
        public Optional<ObjectInfo> stat(Codec element) {
            return Optional.empty();
        }

        @Override
        public URI store(Codec element, IngestObject object) throws IngestException, InterruptedException {
            passed = object.body().getClass() == PassingBody.class;
            if (hangs) {
                new CountDownLatch(1).await();
            }
            try {
                objects.put(element.name(), object.body().readAllBytes());
            } catch (IOException e) {
                throw new TransientException("the connection to the storage broke: " + e, e);
            }
            return URI.create("memory:a");
        }
    }

    /** What happens where a body does not go on. */
    private interface Happening {
        void happen() throws IOException;
    }

    /** Gives nothing. */
    private static final class ThenSomething extends InputStream {
        private final Happening happening;

        ThenSomething(Happening happening) {
            this.happening = happening;
        }

        @Override
        public int read() throws IOException {
            happening.happen();
            return -1;
        }

        @Override
        public int read(byte[] into, int offset, int most) throws IOException {
            return read();
        }
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
        assertEquals(buffers.total(), buffers.available(), "memory");
    }

    @Test
    void largeObjectPassesThrough() throws Exception {
        Copied copied = copy(new ByteArrayInputStream(CONTENT), storage);
        assertTrue(storage.passed, "as it came");
        assertArrayEquals(CONTENT, storage.objects.get("a"));
        assertEquals(new Copied(copied.stored(), CONTENT.length, 0), copied);
    }

    @Test
    void storageThatDoesNotCheckGetsWhatWasChecked() throws Exception {
        storage.verifies = false;
        copy(new ByteArrayInputStream(CONTENT), storage);
        assertEquals(false, storage.passed, "read before");
        assertArrayEquals(CONTENT, storage.objects.get("a"));
    }

    @Test
    void severalStoragesGetWhatIsReadOnce() throws Exception {
        copy(new ByteArrayInputStream(CONTENT), storage, other);
        assertEquals(false, storage.passed || other.passed, "read before");
        assertArrayEquals(CONTENT, storage.objects.get("a"));
        assertArrayEquals(CONTENT, other.objects.get("a"));
    }

    @Test
    void whatIsPastTheStatedLengthIsNotRead() throws Exception {
        copy(new ByteArrayInputStream(Arrays.copyOf(CONTENT, CONTENT.length + 1_000)), storage);
        assertArrayEquals(CONTENT, storage.objects.get("a"));
    }

    @Test
    void sourceThatBreaksOffIsAtFault() {
        assertSourceFails(
                new SequenceInputStream(half(), new ThenSomething(() -> {
                    throw new IOException("reset by peer");
                })),
                "reset by peer");
    }

    @Test
    void sourceThatEndsEarlyIsAtFault() {
        assertSourceFails(half(), "ended before its length");
    }

    @Test
    void sourceWithAFaultIsAtFault() {
        assertSourceFails(
                new SequenceInputStream(half(), new ThenSomething(() -> {
                    throw new IllegalStateException("a fault of the plugin");
                })),
                "a fault of the plugin");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void sourceThatHangsIsAtFault() {
        patience = Duration.ofSeconds(2);
        assertSourceFails(
                new SequenceInputStream(half(), new ThenSomething(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new InterruptedIOException("interrupted");
                    }
                })),
                "gave nothing more");
    }

    private void assertSourceFails(InputStream body, String why) {
        TargetException e = assertThrows(TargetException.class, () -> copy(body, storage));
        assertEquals(TargetException.SOURCE, e.endpoint());
        assertTrue(String.valueOf(e.getMessage()).contains("after 150000 bytes"), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
        assertEquals(Map.of(), storage.objects, "nothing is there");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void storageThatHangsIsDropped() throws Exception {
        storage.hangs = true;
        patience = Duration.ofSeconds(2);
        TargetException e =
                copy(new ByteArrayInputStream(CONTENT), storage).stored().failure();
        assertEquals("0", Optional.ofNullable(e).orElseThrow().endpoint());
        assertTrue(String.valueOf(e.getMessage()).contains("no progress"), e.getMessage());
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void storageThatHangsWhenItIsAskedIsDropped() {
        storage.hangsWhenAsked = true;
        patience = Duration.ofSeconds(2);
        TargetException e = assertThrows(TargetException.class, () -> copy(new ByteArrayInputStream(CONTENT), storage));
        assertEquals("0", e.endpoint());
        assertTrue(String.valueOf(e.getMessage()).contains("no progress"), e.getMessage());
    }

    private static InputStream half() {
        return new ByteArrayInputStream(Arrays.copyOf(CONTENT, CONTENT.length / 2));
    }

    private Copied copy(InputStream body, Checking... storages) throws Exception {
        Map<Target, Sighting> targets = new LinkedHashMap<>();
        for (Checking one : storages) {
            targets.put(new Target("" + targets.size(), one), new Sighting(Optional.empty(), System.nanoTime()));
        }
        ObjectAttributes attributes = ObjectAttributes.unknown().withLength(CONTENT.length);
        try (Watch watch = new Watch(patience, Duration.ofSeconds(20), threads)) {
            ObjectCopy copy = new ObjectCopy(new Fan(threads, watch), threads, buffers);
            return copy.copy(ELEMENT, IngestObject.of(attributes, body), attributes, targets);
        }
    }
}
