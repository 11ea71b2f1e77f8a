package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.core.wire.CodecJson;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.Operation;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is removed from the source that is not in every destination. */
class CleanUpTest {
    private final InMemoryDestination one = new InMemoryDestination();
    private final InMemoryDestination two = new InMemoryDestination();
    private final Fixture f = new Fixture().to("one", one).to("two", two);

    @BeforeEach
    void cleaningUp() {
        f.options = f.options.with(new CopyOptions(8, true, OnChange.COPY));
    }

    @Test
    void whatWasStoredEverywhereIsRemoved() throws Exception {
        f.source.put("a", new byte[3]);
        f.run();
        assertEquals(Set.of(), f.source.names());
        assertEquals(Set.of("a"), one.names());
        assertEquals(Set.of("a"), two.names());
    }

    @Test
    void whatOneDestinationDoesNotTakeStays() throws Exception {
        f.source.put("a", new byte[3]);
        two.hook((operation, name) -> {
            if (operation == Operation.STORE) {
                throw new TransientException("full");
            }
        });
        f.run();
        assertEquals(Set.of("a"), f.source.names());
        assertEquals(0, f.source.calls(Operation.CLEAN_UP));
        assertEquals(1, f.queue.givenUp().size());
    }

    @Test
    void anObjectThatIsOverwrittenMeanwhileIsCopiedAgain() throws Exception {
        f.source.put("a", new byte[] {1});
        AtomicBoolean once = new AtomicBoolean(true);
        f.source.hook((operation, name) -> {
            if (operation == Operation.CLEAN_UP && once.getAndSet(false)) {
                f.source.put("a", new byte[] {2});
            }
        });
        f.run();
        assertEquals(Set.of(), f.source.names());
        assertArrayEquals(new byte[] {2}, one.object("a").orElseThrow().bytes());
        assertArrayEquals(new byte[] {2}, two.object("a").orElseThrow().bytes());
    }

    @Test
    void anObjectThatChangesAllTheTimeIsGivenUpAndStays() throws Exception {
        f.source.put("a", new byte[] {1});
        f.source.hook((operation, name) -> {
            if (operation == Operation.CLEAN_UP) {
                f.source.put("a", new byte[] {2});
            }
        });
        f.run();
        assertEquals(Set.of("a"), f.source.names());
        String reason = f.queue.givenUp().get(0).reason();
        assertTrue(reason.contains("changes at the source"), reason);
    }

    @Test
    void whatWasCopiedBeforeIsRemovedWithoutASecondCopy() throws Exception {
        f.source.put("a", new byte[3]);
        AtomicBoolean once = new AtomicBoolean(true);
        f.source.hook((operation, name) -> {
            if (operation == Operation.CLEAN_UP && once.getAndSet(false)) {
                throw new TransientException("try later");
            }
        });
        f.run();
        assertEquals(Set.of(), f.source.names());
        assertEquals(1, f.source.calls(Operation.DOWNLOAD));
    }

    @Test
    void sizeIsNoProof() throws Exception {
        f.source.put("a", new byte[3]);
        one.put("a", new byte[] {9, 9, 9}, ObjectAttributes.unknown());
        two.put("a", new byte[] {9, 9, 9}, ObjectAttributes.unknown());
        f.run();
        assertEquals(Set.of(), f.source.names());
        assertArrayEquals(new byte[3], one.object("a").orElseThrow().bytes());
        assertArrayEquals(new byte[3], two.object("a").orElseThrow().bytes());
    }

    @Test
    void aMarkerIsNoProof() throws Exception {
        String version = f.source.put("a", new byte[3]);
        one.mark("a", Optional.of(version));
        two.mark("a", Optional.of(version));
        f.run();
        assertArrayEquals(new byte[3], one.object("a").orElseThrow().bytes());
        assertArrayEquals(new byte[3], two.object("a").orElseThrow().bytes());
        assertEquals(Set.of(), f.source.names());
    }

    @Test
    void aNewerVersionThanTheListedOneGoesEverywhereBeforeItIsRemoved() throws Exception {
        String first = f.source.put("a", new byte[] {1});
        f.enqueue();
        one.put("a", new byte[] {1}, ObjectAttributes.unknown().withVersion(first));
        f.source.put("a", new byte[] {2});
        f.drain();
        assertEquals(Set.of(), f.source.names());
        assertArrayEquals(new byte[] {2}, one.object("a").orElseThrow().bytes());
        assertArrayEquals(new byte[] {2}, two.object("a").orElseThrow().bytes());
    }

    @Test
    void whereNobodyKnowsTheListedVersionTheOneThatIsRemovedGoesEverywhere() throws Exception {
        String old = f.source.put("a", new byte[] {1});
        one.put("a", new byte[] {1}, ObjectAttributes.unknown().withVersion(old));
        f.source.put("a", new byte[] {2});
        workOffWithoutVersion("a");
        assertEquals(Set.of(), f.source.names());
        assertArrayEquals(new byte[] {2}, one.object("a").orElseThrow().bytes());
        assertArrayEquals(new byte[] {2}, two.object("a").orElseThrow().bytes());
    }

    @Test
    void destinationsThatDisagreeGetTheVersionThatIsRemoved() throws Exception {
        String version = f.source.put("a", new byte[] {1});
        one.put("a", new byte[] {1}, ObjectAttributes.unknown().withVersion(version));
        two.put("a", new byte[] {2}, ObjectAttributes.unknown().withVersion("another"));
        workOffWithoutVersion("a");
        assertEquals(Set.of(), f.source.names());
        assertArrayEquals(new byte[] {1}, one.object("a").orElseThrow().bytes());
        assertArrayEquals(new byte[] {1}, two.object("a").orElseThrow().bytes());
    }

    /** As an enqueuer of the original's publishes it. */
    private void workOffWithoutVersion(String name) throws Exception {
        String id = f.source.element(name).id();
        f.queue.publish("w", id, CodecJson.encode(Codec.of(id, name))).join();
        f.drain();
    }
}
