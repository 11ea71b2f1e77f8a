package com.connylabs.ingest.core.dequeue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.tck.fake.InMemoryDestination;
import com.connylabs.ingest.tck.fake.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where changes are skipped, nothing is overwritten for the sake of cleaning up, and what is not proven stays at the source. */
class SkippingCleanUpTest {
    private static final byte[] OURS = {1, 1, 1};
    private static final byte[] OTHER = {9, 9, 9};

    private final InMemoryDestination one = new InMemoryDestination();
    private final InMemoryDestination two = new InMemoryDestination();
    private final Fixture f = new Fixture().to("one", one).to("two", two);

    @BeforeEach
    void skippingAndCleaningUp() {
        f.options = f.options.with(new CopyOptions(8, true, OnChange.SKIP));
    }

    @Test
    void whatWasStoredEverywhereIsRemoved() throws Exception {
        f.source.put("a", OURS);
        f.run();
        assertEquals(Set.of(), f.source.names());
        assertHas(OURS, one);
        assertHas(OURS, two);
    }

    @Test
    void whatIsProvenToBeThereIsRemovedWithoutACopy() throws Exception {
        ObjectAttributes recorded = recorded(f.source.put("a", OURS));
        one.put("a", OURS, recorded);
        two.put("a", OURS, recorded);
        f.run();
        assertEquals(Set.of(), f.source.names());
        assertEquals(0, f.source.calls(Operation.DOWNLOAD));
    }

    @Test
    void sizeIsNoProof() throws Exception {
        f.source.put("a", OURS);
        one.put("a", OTHER, ObjectAttributes.unknown());
        two.put("a", OTHER, ObjectAttributes.unknown());
        f.run();
        assertSkipped();
        assertHas(OTHER, one);
        assertHas(OTHER, two);
    }

    @Test
    void anEmptyMarkerIsNoProof() throws Exception {
        f.source.put("a", OURS);
        one.mark("a", Optional.empty());
        two.mark("a", Optional.empty());
        f.run();
        assertSkipped();
    }

    @Test
    void aMarkerOfThatVersionIsNoProof() throws Exception {
        String version = f.source.put("a", OURS);
        one.mark("a", Optional.of(version));
        two.mark("a", Optional.of(version));
        f.run();
        assertSkipped();
    }

    @Test
    void anotherVersionThatAllHaveIsLeft() throws Exception {
        f.source.put("a", OURS);
        one.put("a", OTHER, recorded("another"));
        two.put("a", OTHER, recorded("another"));
        f.run();
        assertSkipped();
        assertHas(OTHER, one);
        assertHas(OTHER, two);
    }

    @Test
    void destinationsThatDisagreeAreLeft() throws Exception {
        ObjectAttributes recorded = recorded(f.source.put("a", OURS));
        one.put("a", OURS, recorded);
        two.put("a", OTHER, recorded("another"));
        f.run();
        assertSkipped();
        assertHas(OTHER, two);
    }

    @Test
    void whatOneLacksIsStoredThereAndStaysForTheOthersSake() throws Exception {
        f.source.put("a", OURS);
        one.put("a", OTHER, recorded("another"));
        f.run();
        assertEquals(Set.of("a"), f.source.names());
        assertHas(OTHER, one);
        assertHas(OURS, two);
        assertEquals(1, f.counts.copied.get());
    }

    @Test
    void whatIsOverwrittenMeanwhileStaysAndIsNotCopiedOverTheFormer() throws Exception {
        f.source.put("a", OURS);
        AtomicBoolean once = new AtomicBoolean(true);
        f.source.hook((operation, name) -> {
            if (operation == Operation.CLEAN_UP && once.getAndSet(false)) {
                f.source.put("a", OTHER);
            }
        });
        f.run();
        assertEquals(Set.of("a"), f.source.names());
        assertHas(OURS, one);
        assertHas(OURS, two);
        assertEquals(List.of(), f.queue.givenUp());
    }

    private static ObjectAttributes recorded(String version) {
        return ObjectAttributes.unknown().withVersion(version);
    }

    private static void assertHas(byte[] content, InMemoryDestination at) {
        assertArrayEquals(content, at.object("a").orElseThrow().bytes());
    }

    private void assertSkipped() {
        assertEquals(Set.of("a"), f.source.names());
        assertEquals(1, f.counts.skipped.get(), "skipped");
        assertEquals(List.of(), f.queue.givenUp());
    }
}
