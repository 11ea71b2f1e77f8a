package com.connylabs.ingest.core.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Sighting;
import com.connylabs.ingest.api.Storage;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.copy.Fan.Outcome;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.InMemoryMultipartDestination;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.testkit.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A destination that was dropped from a large object stays dropped, and only the one that hangs is. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DroppedLaneTest {
    private static final Codec ELEMENT = Codec.of("a", "a");
    private static final int PART = 10 << 10;
    private static final byte[] CONTENT = new byte[20 * PART];
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static {
        new Random(3).nextBytes(CONTENT);
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Watch watch = new Watch(PATIENCE, Duration.ofSeconds(20), threads);
    private final PartBuffers buffers = new PartBuffers(8 * PART);
    private final InMemoryDestination stored = new InMemoryDestination();
    private final InMemoryMultipartDestination fine = new InMemoryMultipartDestination(PART);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void end() {
        watch.close();
        threads.shutdownNow();
    }

    /** What a destination without parts does with a body. */
    private interface Reading {
        byte[] all(InputStream body) throws IOException, InterruptedException;
    }

    /** A destination that takes an object in one go, in its own way. */
    private record Plain(InMemoryDestination at, Reading reading) implements Storage {
        @Override
        public Optional<ObjectInfo> stat(Codec element) throws IngestException, InterruptedException {
            return at.stat(element);
        }

        @Override
        public URI store(Codec element, IngestObject object) throws IngestException, InterruptedException {
            try {
                byte[] all = reading.all(object.body());
                return at.store(element, IngestObject.of(object.attributes(), new ByteArrayInputStream(all)));
            } catch (IOException e) {
                throw new TransientException("store: " + e, e);
            }
        }
    }

    @Test
    void whatRecoversAfterItWasDroppedStoresNoObjectWithAHole() throws Exception {
        Target pausing = new Target("pausing", new Plain(stored, body -> afterAPause(body, PART + 1)));

        Outcome<Target, URI> outcome = copy(source(8 * PART, goOn::countDown), pausing, new Target("fine", fine));

        assertEquals(Optional.empty(), stored.object("a"), "what is there");
        assertNoProgress("pausing", outcome);
        assertArrayEquals(CONTENT, fine.object("a").orElseThrow().bytes());
        assertEquals(buffers.total(), buffers.available(), "memory");
    }

    @Test
    void whenNobodyIsLeftTheRestIsNotRead() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        Target hanging = new Target("hanging", new Plain(stored, body -> afterAPause(body, PART + 1)));

        Outcome<Target, URI> outcome = copy(source(10 * PART, read::countDown), hanging);

        assertNoProgress("hanging", outcome);
        assertEquals(1, read.getCount(), "the source was read on for nobody");
    }

    /** It waits for parts as long as the other one is waited for, and then takes its time to make the object visible. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWaitsBecauseAnotherHangsIsNotDroppedWithIt(boolean parted) throws Exception {
        fine.hook((operation, name) -> {
            if (operation == Operation.COMPLETE) {
                takesItsTime();
            }
        });
        Target waiting = new Target(
                "waiting",
                parted
                        ? fine
                        : new Plain(stored, body -> {
                            byte[] all = body.readAllBytes();
                            takesItsTime();
                            return all;
                        }));
        Target hanging =
                new Target("hanging", new Plain(new InMemoryDestination(), body -> afterAPause(body, 17 * PART + 1)));

        Outcome<Target, URI> outcome = copy(new ByteArrayInputStream(CONTENT), waiting, hanging);

        assertNoProgress("hanging", outcome);
        assertEquals(Set.of(waiting), outcome.done().keySet());
        assertArrayEquals(
                CONTENT, (parted ? fine : stored).object("a").orElseThrow().bytes());
    }

    /** As one has to that waited for parts, and whose thread is slow to go on. */
    @Test
    void whoHadNothingToDoHasAllTheTimeAfterwards() throws Exception {
        Duration patience = Duration.ofMillis(500);
        ExecutorService busy = Executors.newSingleThreadExecutor();
        busy.execute(() -> awaitQuietly(goOn));
        Sighting unseen = new Sighting(Optional.empty(), System.nanoTime());
        Lane lane = new Lane(new Target("d", fine), ELEMENT, ObjectAttributes.unknown(), unseen, busy, threads);
        try {
            long idle = System.nanoTime();
            Await.until(
                    "longer than it may",
                    patience.multipliedBy(9),
                    () -> since(idle).compareTo(patience) > 0);

            long given = System.nanoTime();
            assertTrue(lane.offer(LaneItem.end(0), patience));
            assertFalse(lane.offer(LaneItem.end(0), patience), "there is room for one");
            assertTrue(since(given).compareTo(patience) >= 0, "dropped after " + since(given));
        } finally {
            goOn.countDown();
            lane.close();
            busy.shutdownNow();
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aBodyThatIsShorterThanTheObjectDoesNotEnd() {
        BlockingQueue<LaneItem> items = new LinkedBlockingQueue<>();
        items.add(LaneItem.of(new BufferPart(1, new byte[PART], PART, buffers, 2)));
        items.add(LaneItem.end(2 * PART));
        try (LaneStream body = new LaneStream(items, new Progress(), "a")) {
            assertThrows(IOException.class, body::readAllBytes);
        }
    }

    private Outcome<Target, URI> copy(InputStream body, Target... targets) throws Exception {
        Map<Target, Sighting> seen = new LinkedHashMap<>();
        for (Target target : targets) {
            seen.put(target, new Sighting(target.storage().stat(ELEMENT), System.nanoTime()));
        }
        IngestObject object = IngestObject.of(ObjectAttributes.unknown(), body);
        return new ObjectCopy(new Fan(threads, watch), threads, buffers)
                .copy(ELEMENT, object, ObjectAttributes.unknown(), seen)
                .stored();
    }

    /** The content; does something when so much of it was read. */
    private static InputStream source(int after, Runnable action) {
        InputStream rest = new InputStream() {
            private final InputStream bytes = new ByteArrayInputStream(CONTENT, after, CONTENT.length - after);

            @Override
            public int read() throws IOException {
                action.run();
                return bytes.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                action.run();
                return bytes.read(into, offset, length);
            }
        };
        return new SequenceInputStream(new ByteArrayInputStream(CONTENT, 0, after), rest);
    }

    private byte[] afterAPause(InputStream body, int bytes) throws IOException, InterruptedException {
        byte[] before = body.readNBytes(bytes);
        goOn.await();
        byte[] after = body.readAllBytes();
        byte[] all = new byte[before.length + after.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(after, 0, all, before.length, after.length);
        return all;
    }

    /** Longer than whoever waits for it looks away, and well within the patience. */
    private void takesItsTime() throws InterruptedException {
        assertTrue(!goOn.await(1_300, TimeUnit.MILLISECONDS));
    }

    private static void assertNoProgress(String name, Outcome<Target, URI> outcome) {
        TargetException failure = Optional.ofNullable(outcome.failure()).orElseThrow();
        assertEquals(name, failure.endpoint());
        assertTrue(String.valueOf(failure.getMessage()).contains("no progress"), failure.getMessage());
    }
}
