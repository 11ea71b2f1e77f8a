package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.TransientException;
import com.connylabs.ingest.tck.fake.InMemoryCopyingDestination;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.InMemorySource;
import com.connylabs.ingest.tck.fake.Operation;
import com.connylabs.ingest.tck.fake.StoredObject;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Destinations that copy from the source by themselves, alone and beside others. */
class ServerCopyTest {
    private static final byte[] CONTENT = Fixture.bytes(1000, 1);

    private final Fixture f = new Fixture();
    private final InMemoryCopyingDestination copying = new InMemoryCopyingDestination(f.source);
    private final InMemoryDestination plain = new InMemoryDestination();

    private String versionAt(InMemoryDestination destination) {
        return destination
                .object("a")
                .map(StoredObject::attributes)
                .flatMap(ObjectAttributes::version)
                .orElse("none");
    }

    @Test
    void nothingIsDownloaded() throws Exception {
        f.to("copying", copying);
        String version = f.source.put("a", CONTENT, ObjectAttributes.unknown().withContentType("text/css"));
        f.run();
        StoredObject stored = copying.object("a").orElseThrow();
        assertArrayEquals(CONTENT, stored.bytes());
        assertEquals("text/css", stored.attributes().contentType().orElse("none"));
        assertEquals(version, versionAt(copying));
        assertEquals(0, f.source.calls(Operation.DOWNLOAD), "downloads");
        assertEquals(1, f.source.calls(Operation.LOCATE), "looks at the source");
        assertEquals(1, copying.calls(Operation.STAT), "looks at the destination");
        assertEquals(1, copying.calls(Operation.COPY), "copies");
        assertEquals(1, f.counts.copied.get());
        assertEquals(CONTENT.length, f.counts.bytes.get());
    }

    @Test
    void whatIsThereIsNotEvenLookedAtAtTheSource() throws Exception {
        f.to("copying", copying);
        f.source.put("a", CONTENT);
        f.run();
        f.run();
        assertEquals(1, f.source.calls(Operation.LOCATE), "looks at the source");
        assertEquals(1, copying.calls(Operation.COPY), "copies");
        assertEquals(1, f.counts.skipped.get());
    }

    @Test
    void theOthersShareOneDownload() throws Exception {
        InMemoryDestination another = new InMemoryDestination();
        f.to("plain", plain).to("copying", copying).to("another", another);
        f.source.put("a", CONTENT);
        f.run();
        for (InMemoryDestination at : new InMemoryDestination[] {plain, copying, another}) {
            assertArrayEquals(CONTENT, at.object("a").orElseThrow().bytes());
            assertEquals(versionAt(plain), versionAt(at));
        }
        assertEquals(1, f.source.calls(Operation.DOWNLOAD), "downloads");
        assertEquals(1, plain.calls(Operation.STORE));
        assertEquals(0, copying.calls(Operation.STORE));
    }

    @Test
    void ofAnotherSourceItIsNotAsked() throws Exception {
        InMemoryCopyingDestination foreign = new InMemoryCopyingDestination(new InMemorySource());
        f.to("foreign", foreign);
        f.source.put("a", CONTENT);
        f.run();
        assertArrayEquals(CONTENT, foreign.object("a").orElseThrow().bytes());
        assertEquals(0, foreign.calls(Operation.COPY), "copies");
        assertEquals(0, f.source.calls(Operation.LOCATE), "superfluous looks");
    }

    @Test
    void whatIsRefusedIsDownloadedWithoutAnAttempt() throws Exception {
        f.to("copying", copying);
        f.source.put("a", CONTENT);
        copying.refuse();
        f.run();
        assertArrayEquals(CONTENT, copying.object("a").orElseThrow().bytes());
        assertEquals(1, copying.calls(Operation.COPY), "asked once for it");
        assertEquals(0, f.counts.errors.get(), "failed attempts");
    }

    @Test
    void aCopyThatIsNotToBeTrustedIsReplacedWhateverItSays() throws Exception {
        f.to("copying", copying);
        String version = f.source.put("a", CONTENT);
        copying.refuse();
        copying.hook((operation, name) -> {
            if (operation == Operation.COPY) {
                copying.put(
                        "a",
                        new byte[CONTENT.length],
                        ObjectAttributes.unknown().withVersion(version));
            }
        });
        f.run();
        assertArrayEquals(CONTENT, copying.object("a").orElseThrow().bytes(), "what was made says that it is current");
    }

    @Test
    void aSourceThatChangesMeanwhileIsLookedAtAgain() throws Exception {
        f.to("copying", copying).to("plain", plain);
        f.source.put("a", new byte[10]);
        AtomicBoolean once = new AtomicBoolean(true);
        f.source.hook((operation, name) -> {
            if (operation == Operation.DOWNLOAD && once.getAndSet(false)) {
                f.source.put("a", CONTENT);
            }
        });
        f.run();
        assertArrayEquals(CONTENT, copying.object("a").orElseThrow().bytes(), "copied");
        assertArrayEquals(CONTENT, plain.object("a").orElseThrow().bytes(), "downloaded");
        assertEquals(versionAt(plain), versionAt(copying), "one version everywhere, for clean-up to remove");
        assertEquals(0, f.counts.errors.get(), "failed attempts");
    }

    @Test
    void nothingIsPutOverWhatAnotherWorkerStored() throws Exception {
        f.to("copying", copying);
        f.source.put("a", CONTENT);
        f.enqueue();
        String newer = f.source.put("a", new byte[7]);
        AtomicBoolean once = new AtomicBoolean(true);
        copying.hook((operation, name) -> {
            if (operation == Operation.COPY && once.getAndSet(false)) {
                copying.put("a", new byte[7], ObjectAttributes.unknown().withVersion(newer));
            }
        });
        f.drain();
        assertEquals(newer, versionAt(copying));
        assertEquals(1, copying.calls(Operation.COPY), "the second look finds it there");
    }

    @Test
    void aCopyThatFailsKeepsNobodyAndIsTriedAgain() throws Exception {
        f.to("plain", plain).to("copying", copying);
        f.source.put("a", CONTENT);
        AtomicBoolean once = new AtomicBoolean(true);
        copying.hook((operation, name) -> {
            if (operation == Operation.COPY && once.getAndSet(false)) {
                throw new TransientException("not now");
            }
        });
        f.run();
        assertArrayEquals(CONTENT, copying.object("a").orElseThrow().bytes());
        assertEquals(1, plain.calls(Operation.STORE), "the other one had it after the first attempt");
        assertEquals(1, f.counts.errors.get(), "failed attempts");
    }

    @Test
    void whatFailsForGoodIsGivenUp() throws Exception {
        f.to("copying", copying);
        f.source.put("a", CONTENT);
        copying.hook((operation, name) -> {
            if (operation == Operation.COPY) {
                throw new PermanentException("never");
            }
        });
        f.run();
        assertEquals(1, f.counts.givenUp.get());
        assertEquals(0, f.source.calls(Operation.DOWNLOAD), "downloads");
    }

    @Test
    void whatIsGoneAtTheSourceIsDone() throws Exception {
        f.to("copying", copying);
        f.source.put("a", CONTENT);
        f.enqueue();
        f.source.remove("a");
        f.drain();
        assertEquals(1, f.counts.gone.get());
    }

    @Test
    void requestsAreCounted() throws Exception {
        f.to("copying", copying);
        for (int i = 0; i < 10; i++) {
            f.source.put("o" + i, CONTENT);
        }
        f.options = f.options.with(
                new CopyOptions(8, false, OnChange.COPY, new Limits(OptionalLong.of(1), OptionalLong.of(40))));
        long start = System.nanoTime();
        f.run(); // a look at either side, a copy and what it tells of: four each, and no bytes
        double seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(seconds > 0.6 && seconds < 30, seconds + " s");
        assertEquals(10, f.counts.copied.get());
    }
}
