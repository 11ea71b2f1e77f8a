package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.wire.CodecJson;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.InMemoryMultipartDestination;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.tck.fake.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives, and what does not, with sources and destinations in memory. */
class CopyTest {
    private static final int PART = 64 * 1024;

    private final InMemoryDestination simple = new InMemoryDestination();
    private final InMemoryMultipartDestination parted = new InMemoryMultipartDestination(PART);
    private final InMemoryMultipartDestination other = new InMemoryMultipartDestination(PART / 2);
    private final Fixture f =
            new Fixture().to("simple", simple).to("parted", parted).to("other", other);

    private void assertEverywhere(String name, byte[] expected) {
        assertArrayEquals(expected, simple.object(name).orElseThrow().bytes(), "simple: " + name);
        assertArrayEquals(expected, parted.object(name).orElseThrow().bytes(), "parted: " + name);
        assertArrayEquals(expected, other.object(name).orElseThrow().bytes(), "other: " + name);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 3 * PART, 5 * PART + 17})
    void everySizeArrivesEverywhere(int size) throws Exception {
        byte[] content = Fixture.bytes(size, size);
        f.source.put("known", content);
        f.source.putOfUnknownLength("unknown", content);
        f.run();
        assertEverywhere("known", content);
        assertEverywhere("unknown", content);
        assertEquals(2, f.source.calls(Operation.DOWNLOAD), "one download feeds all destinations");
        assertEquals(0, parted.openUploads() + other.openUploads());
        assertEquals(2, f.counts.copied.get());
        assertEquals(2L * size, f.counts.bytes.get());
    }

    @Test
    void whatIsKnownOfTheObjectTravelsWithIt() throws Exception {
        ObjectAttributes attributes = ObjectAttributes.unknown()
                .withContentType("text/css")
                .withHeaders(Map.of("cache-control", "no-store"))
                .withMetadata(Map.of("colour", "red"));
        f.source.put("small", new byte[5], attributes);
        f.source.put("large", new byte[2 * PART], attributes);
        f.run();
        for (String name : new String[] {"small", "large"}) {
            for (InMemoryDestination at : new InMemoryDestination[] {simple, parted, other}) {
                ObjectAttributes stored =
                        at.object(name).map(StoredObject::attributes).orElseThrow();
                assertEquals(attributes.contentType(), stored.contentType());
                assertEquals(attributes.headers(), stored.headers());
                assertEquals(attributes.metadata(), stored.metadata());
                assertEquals(f.source.element(name).knownVersion(), stored.version());
            }
        }
    }

    @Test
    void aSecondRunCopiesNothing() throws Exception {
        f.source.put("a", new byte[10]);
        f.run();
        f.run();
        assertEquals(1, f.source.calls(Operation.DOWNLOAD));
        assertEquals(1, f.counts.skipped.get());
    }

    @Test
    void aChangedObjectIsCopiedAgain() throws Exception {
        f.source.put("a", new byte[10]);
        f.run();
        byte[] changed = Fixture.bytes(10, 1);
        f.source.put("a", changed);
        f.run();
        assertEverywhere("a", changed);
    }

    @Test
    void aChangeThatAnOlderMessageKeptOutComesWithTheNextListing() throws Exception {
        f.source.put("a", new byte[10]);
        f.run();
        Codec old = f.source.element("a");
        f.queue.publish("w", old.id(), CodecJson.encode(old)).get();
        byte[] changed = Fixture.bytes(10, 1);
        f.source.put("a", changed);
        f.run();
        assertEquals(1, f.counts.skipped.get(), "the older version, which is there");
        f.run();
        assertEverywhere("a", changed);
    }

    @Test
    void aChangedObjectIsLeftAloneWhereChangesAreSkipped() throws Exception {
        byte[] old = new byte[10];
        f.source.put("a", old);
        f.run();
        f.source.put("a", Fixture.bytes(10, 1));
        f.options = f.options.with(new CopyOptions(8, false, OnChange.SKIP));
        f.run();
        assertEverywhere("a", old);
    }

    @Test
    void onlyTheDestinationThatLacksItGetsIt() throws Exception {
        f.source.put("a", new byte[10]);
        f.run();
        parted.remove("a");
        f.run();
        assertEverywhere("a", new byte[10]);
        assertEquals(1, simple.calls(Operation.STORE));
        assertEquals(2, parted.calls(Operation.STORE));
    }

    @Test
    void whatTheOriginalPutThereIsKnownByItsSize() throws Exception {
        f.source.put("same", new byte[10]);
        f.source.put("other", new byte[10]);
        for (InMemoryDestination at : new InMemoryDestination[] {simple, parted, other}) {
            at.put("same", Fixture.bytes(10, 1), ObjectAttributes.unknown());
            at.put("other", new byte[9], ObjectAttributes.unknown());
        }
        f.run();
        assertEquals(0, f.source.calls(Operation.DOWNLOAD, "same"));
        assertEverywhere("other", new byte[10]);
    }

    @Test
    void whatIsGoneAtTheSourceIsDone() throws Exception {
        f.source.put("a", new byte[10]);
        f.enqueue();
        f.source.remove("a");
        f.drain();
        assertEquals(1, f.counts.gone.get());
        assertEquals(0, f.counts.errors.get());
    }

    @Test
    void aDestinationThatFailsDoesNotKeepTheOthers() throws Exception {
        f.source.put("small", Fixture.bytes(10, 1));
        f.source.put("large", Fixture.bytes(5 * PART, 2));
        AtomicInteger failures = new AtomicInteger(4);
        parted.hook((operation, name) -> {
            if ((operation == Operation.STORE || operation == Operation.PUT) && failures.getAndDecrement() > 0) {
                throw new TransientException("disk on fire");
            }
        });
        f.options = f.options.with(Fixture.retries(10));
        f.run();
        assertEverywhere("small", Fixture.bytes(10, 1));
        assertEverywhere("large", Fixture.bytes(5 * PART, 2));
        assertEquals(1, simple.calls(Operation.STORE, "small"), "the others are not written twice");
        assertEquals(1, simple.calls(Operation.STORE, "large"), "the others are not written twice");
        assertEquals(0, parted.openUploads());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5 * PART})
    void aShortBodyNeverBecomesAnObject(int size) throws Exception {
        byte[] content = Fixture.bytes(size, 3);
        f.source.put("a", content);
        AtomicBoolean cut = new AtomicBoolean(true);
        f.source.filter((name, body) -> cut.getAndSet(false) ? new ByteArrayInputStream(content, 0, size - 1) : body);
        assertNeverWrong("a", content);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5 * PART})
    void aLongBodyNeverBecomesAnObject(int size) throws Exception {
        byte[] content = Fixture.bytes(size, 3);
        f.source.put("a", content);
        AtomicBoolean grow = new AtomicBoolean(true);
        f.source.filter((name, body) ->
                grow.getAndSet(false) ? new SequenceInputStream(body, new ByteArrayInputStream(new byte[1])) : body);
        assertNeverWrong("a", content);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5 * PART})
    void aCorruptedBodyNeverBecomesAnObject(int size) throws Exception {
        byte[] content = Fixture.bytes(size, 3);
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(content);
        f.source.put(
                "a", content, ObjectAttributes.unknown().withChecksum(Checksum.of(Checksum.Algorithm.SHA256, digest)));
        AtomicBoolean corrupt = new AtomicBoolean(true);
        byte[] wrong = content.clone();
        wrong[size - 1] ^= 1;
        f.source.filter((name, body) -> corrupt.getAndSet(false) ? new ByteArrayInputStream(wrong) : body);
        assertNeverWrong("a", content);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5 * PART})
    void aBodyThatBreaksOffNeverBecomesAnObject(int size) throws Exception {
        byte[] content = Fixture.bytes(size, 3);
        f.source.putOfUnknownLength("a", content);
        AtomicBoolean broken = new AtomicBoolean(true);
        f.source.filter((name, body) -> broken.getAndSet(false) ? new BreaksOff(body, size - 1) : body);
        assertNeverWrong("a", content);
    }

    /** One attempt fails, without anything to see at the destinations; the next stores the object. */
    private void assertNeverWrong(String name, byte[] content) throws Exception {
        for (InMemoryDestination at : new InMemoryDestination[] {simple, parted, other}) {
            at.hook((operation, key) -> {
                if (operation == Operation.STAT) {
                    assertEquals(Optional.empty(), at.object(key), "visible after an attempt that failed");
                }
            });
        }
        f.run();
        assertEverywhere(name, content);
        assertEquals(1, f.counts.errors.get());
        assertEquals(0, parted.openUploads() + other.openUploads());
    }

    private static final class BreaksOff extends FilterInputStream {
        private int left;

        BreaksOff(InputStream body, int left) {
            super(body);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                throw new IOException("connection reset");
            }
            int count = super.read(into, offset, Math.min(left, length));
            left -= count;
            return count;
        }
    }

    @Test
    void anObjectThatNeedsMoreMemoryThanThereIsIsRefusedWithTheRemedy() throws Exception {
        InMemoryMultipartDestination greedy = new InMemoryMultipartDestination(2 << 20);
        Fixture small = new Fixture().to("greedy", greedy);
        small.source.put("a", new byte[3 << 20]);
        small.run();
        String reason = small.queue.givenUp().get(0).reason();
        assertTrue(reason.contains("-Xmx"), reason);
    }

    @Test
    void aNameThatADestinationRefusesIsADeadLetterAtOnce() throws Exception {
        f.source.put("bad", new byte[10]);
        f.source.put("good", new byte[10]);
        parted.hook((operation, name) -> {
            if (operation == Operation.STORE && name.equals("bad")) {
                throw new PermanentException("name refused");
            }
        });
        f.run();
        assertEverywhere("good", new byte[10]);
        assertEquals(1, f.queue.givenUp().size());
        assertEquals(Optional.of("parted"), f.queue.givenUp().get(0).destination());
        assertEquals("name refused", f.queue.givenUp().get(0).reason());
        assertEquals(1, f.queue.givenUp().get(0).attempts());
    }

    @Test
    void memoryIsFreeAgainAfterEverything() throws Exception {
        for (int i = 0; i < 40; i++) {
            f.source.put("o" + i, Fixture.bytes(i * 10_000, i));
        }
        AtomicInteger turn = new AtomicInteger();
        parted.hook((operation, name) -> {
            if (operation != Operation.STAT && turn.incrementAndGet() % 17 == 0) {
                throw new TransientException("now and then");
            }
        });
        f.options = f.options.with(Fixture.retries(50));
        f.run();
        assertEquals(40, f.counts.copied.get() + f.counts.skipped.get());
        assertEquals(f.buffers.total(), f.buffers.available(), "bytes of buffers that were not given back");
    }
}
