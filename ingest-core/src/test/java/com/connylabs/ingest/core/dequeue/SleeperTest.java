package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.ObjectInfo;
import com.connylabs.ingest.api.Storage;
import com.connylabs.ingest.tck.fake.Hook;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.InMemoryMultipartDestination;
import com.connylabs.ingest.tck.fake.Operation;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker that slept between its look at the destination and its commit, while another one stored something newer. */
class SleeperTest {
    private static final int PART = 64 * 1024;
    private static final byte[] NEWER = {2, 2, 2, 2};

    private final InMemoryDestination simple = new InMemoryDestination();
    private final InMemoryMultipartDestination parted = new InMemoryMultipartDestination(PART);
    private final Fixture f = new Fixture();
    private final AtomicInteger left = new AtomicInteger(1);

    /** A storage of somebody who has never heard of conditions. */
    private record Unconditional(InMemoryDestination at) implements Storage {
        @Override
        public Optional<ObjectInfo> stat(Codec element) throws IngestException, InterruptedException {
            return at.stat(element).map(i -> new ObjectInfo(i.location(), i.length(), i.version(), i.evidence()));
        }

        @Override
        public URI store(Codec element, IngestObject object) throws IngestException, InterruptedException {
            return at.store(element, object);
        }
    }

    /** While the worker sleeps, the source gets a newer version, and another worker stores it. */
    private void passBy(InMemoryDestination at) {
        if (left.getAndDecrement() > 0) {
            String version = f.source.put("a", NEWER);
            at.put("a", NEWER, ObjectAttributes.unknown().withVersion(version));
        }
    }

    private Hook during(Operation slept, InMemoryDestination at) {
        return (operation, name) -> {
            if (operation == slept) {
                passBy(at);
            }
        };
    }

    private void assertNewerIsKept(InMemoryDestination at) {
        assertArrayEquals(NEWER, at.object("a").orElseThrow().bytes(), "the newer version");
        assertEquals(
                f.source.element("a").knownVersion(),
                at.object("a").orElseThrow().attributes().version());
        assertEquals(0, f.counts.errors.get(), "no attempt has failed");
        assertEquals(1, f.counts.skipped.get(), "it is found there, and not stored a second time");
        assertEquals(0, parted.openUploads());
        assertEquals(f.buffers.total(), f.buffers.available(), "memory");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWholeObjectIsNotPutOverANewerOne(boolean replacing) throws Exception {
        f.to("d", simple);
        f.source.put("a", new byte[] {1});
        if (replacing) {
            simple.put("a", new byte[9], ObjectAttributes.unknown().withVersion("0"));
        }
        simple.hook(during(Operation.STORE, simple));
        f.run();
        assertNewerIsKept(simple);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEGIN", "PUT", "COMPLETE"})
    void aLargeObjectIsNotPutOverANewerOne(Operation slept) throws Exception {
        f.to("d", parted);
        f.source.put("a", Fixture.bytes(3 * PART, 1));
        parted.hook(during(slept, parted));
        f.run();
        assertNewerIsKept(parted);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3 << 20})
    void aStorageThatKnowsNoConditionsIsLookedAtAgain(int size) throws Exception {
        f.to("d", new Unconditional(simple));
        // Read in one go: a source that is read in ranges says itself that it has changed.
        f.source.putOfUnknownLength("a", Fixture.bytes(size, 1));
        f.source.filter((name, body) -> {
            passBy(simple);
            return body;
        });
        f.run();
        assertNewerIsKept(simple);
        assertEquals(0, simple.calls(Operation.STORE), "what was read before the sleep");
    }

    @Test
    void theOtherDestinationsGetWhatTheyLack() throws Exception {
        f.to("one", simple).to("two", parted);
        f.source.put("a", new byte[] {1});
        simple.hook(during(Operation.STORE, simple));
        f.run();
        assertArrayEquals(NEWER, simple.object("a").orElseThrow().bytes());
        assertArrayEquals(NEWER, parted.object("a").orElseThrow().bytes());
        assertEquals(0, f.counts.errors.get(), "no attempt has failed");
    }

    @Test
    void aDestinationThatChangesAllTheTimeCostsAnAttemptInTheEnd() throws Exception {
        left.set(4);
        f.to("d", simple);
        f.source.put("a", new byte[] {1});
        simple.hook((operation, name) -> {
            if (operation == Operation.STORE && left.getAndDecrement() > 0) {
                simple.put("a", new byte[] {9}, ObjectAttributes.unknown().withVersion("strange"));
            }
        });
        f.run();
        assertEquals(1, f.counts.errors.get(), "attempts that failed");
        assertEquals(5, simple.calls(Operation.STORE), "three in the first attempt, two in the next");
        assertArrayEquals(new byte[] {1}, simple.object("a").orElseThrow().bytes());
    }

    @Test
    void aListedVersionThatIsOldCostsNoCopyWhereTheNewestIsAlready() throws Exception {
        f.to("d", simple);
        f.source.put("a", new byte[] {1});
        f.enqueue();
        passBy(simple);
        f.drain();
        assertEquals(0, simple.calls(Operation.STORE), "nothing to store");
        assertNewerIsKept(simple);
    }
}
