package com.connylabs.ingest.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.connylabs.ingest.api.CleanUpResult;
import com.connylabs.ingest.api.Client;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.PermanentException;
import com.connylabs.ingest.api.RangeReader;
import com.connylabs.ingest.api.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Client} must do. Each test starts with a source that is empty. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class ClientContract {
    private static final int LARGE = (1 << 20) + 1;

    /** For subclasses. */
    protected ClientContract() {}

    /**
     * What is tested.
     *
     * @return always the same client
     */
    protected abstract Client client();

    /**
     * Puts an object into the source, over what is there.
     *
     * @param name the name that its element shall have
     * @param bytes its content
     * @return the element as a listing gives it now
     * @throws Exception if it cannot be put there
     */
    protected abstract Codec put(String name, byte[] bytes) throws Exception;

    /**
     * Takes an object out of the source, past the client.
     *
     * @param element the element of the object
     * @throws Exception if it cannot be taken away
     */
    protected abstract void remove(Codec element) throws Exception;

    /**
     * Whether objects carry a version.
     *
     * @return true unless overridden
     */
    protected boolean reportsVersion() {
        return true;
    }

    /**
     * Whether objects have a length.
     *
     * @return true unless overridden
     */
    protected boolean reportsLength() {
        return true;
    }

    /**
     * Whether objects can be read in ranges.
     *
     * @return true unless overridden
     */
    protected boolean readsRanges() {
        return true;
    }

    /**
     * Whether objects can be removed; a client that cannot refuses with a {@link PermanentException}.
     *
     * @return true unless overridden
     */
    protected boolean cleansUp() {
        return true;
    }

    @Test
    void required_downloadGivesExactlyTheBytes() throws Exception {
        for (int length : new int[] {0, 1, LARGE}) {
            byte[] bytes = Samples.bytes(length, 1);
            Codec element = put("object-" + length, bytes);
            assertArrayEquals(bytes, download(element), length + " bytes");
        }
    }

    @Test
    void required_attributesBelongToTheBody() throws Exception {
        Codec listed = put("a", Samples.bytes(10, 1));
        Optional<String> before;
        try (IngestObject object = open(listed)) {
            before = object.attributes().version();
            assertEquals(reportsVersion(), before.isPresent(), "whether there is a version");
            OptionalLong length = reportsLength() ? OptionalLong.of(10) : OptionalLong.empty();
            assertEquals(length, object.attributes().length(), "length");
        }
        put("a", Samples.bytes(11, 2));
        try (IngestObject object = open(listed)) {
            assertArrayEquals(
                    Samples.bytes(11, 2), object.body().readAllBytes(), "what is there now, not what was listed");
            if (reportsVersion()) {
                assertNotEquals(before, object.attributes().version(), "version of the changed object");
            }
        }
    }

    @Test
    void required_versionStaysWhileTheObjectDoes() throws Exception {
        Codec element = put("a", Samples.bytes(10, 1));
        try (IngestObject one = open(element);
                IngestObject other = open(element)) {
            assertEquals(one.attributes().version(), other.attributes().version(), "version");
            element.knownVersion()
                    .ifPresent(listed ->
                            assertEquals(Optional.of(listed), one.attributes().version(), "version as listed"));
        }
    }

    @Test
    void required_absentObjectIsEmpty() throws Exception {
        Codec element = put("a", new byte[] {1});
        remove(element);
        assertTrue(client().download(element).isEmpty(), "download of what is gone");
    }

    @Test
    void required_closingBeforeTheEndCostsNothing() throws Exception {
        byte[] bytes = Samples.bytes(LARGE, 1);
        Codec element = put("a", bytes);
        for (int i = 0; i < 100; i++) {
            IngestObject object = open(element);
            assertEquals(bytes[0] & 0xff, object.body().read(), "first byte");
            object.close();
            object.close();
        }
        assertArrayEquals(bytes, download(element), "after a hundred broken off downloads");
    }

    @Test
    void required_manyThreadsDownloadAtOnce() throws Exception {
        Codec[] elements = new Codec[8];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = put("object-" + i, Samples.bytes(LARGE, i));
        }
        Threads.run(
                elements.length, i -> assertArrayEquals(Samples.bytes(LARGE, i), download(elements[i]), "object " + i));
    }

    @Test
    void required_interruptIsNoFailureOfTheSource() throws Exception {
        Codec element = put("a", new byte[] {1});
        Thread.currentThread().interrupt();
        try {
            open(element).close();
        } catch (InterruptedException expected) {
            // What a call that blocks has to throw; any other exception fails the test.
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void required_rangesAreExactAndCanBeReadAgain() throws Exception {
        byte[] bytes = Samples.bytes(LARGE, 1);
        try (IngestObject object = open(put("a", bytes))) {
            assertEquals(readsRanges(), object.ranges().isPresent(), "whether there are ranges");
            if (!readsRanges()) {
                return;
            }
            RangeReader ranges = object.ranges().orElseThrow();
            for (int[] range : new int[][] {{0, 1}, {10, 1000}, {LARGE - 1, 1}, {0, LARGE}, {10, 1000}}) {
                byte[] expected = Arrays.copyOfRange(bytes, range[0], range[0] + range[1]);
                assertArrayEquals(expected, read(ranges, range[0], range[1]), "range " + Arrays.toString(range));
            }
            Threads.run(
                    4,
                    i -> assertArrayEquals(
                            Arrays.copyOfRange(bytes, i * 1000, i * 1000 + 5000),
                            read(ranges, i * 1000L, 5000),
                            "at once"));
            assertArrayEquals(bytes, object.body().readAllBytes(), "the body, untouched by the ranges");
        }
    }

    @Test
    void required_rangesNeverMixTwoVersions() throws Exception {
        try (IngestObject object = open(put("a", Samples.bytes(LARGE, 1)))) {
            if (!readsRanges()) {
                assertTrue(object.ranges().isEmpty(), "ranges");
                return;
            }
            RangeReader ranges = object.ranges().orElseThrow();
            Codec changed = put("a", Samples.bytes(LARGE, 2));
            assertRefused(ranges, "changed");
            remove(changed);
            assertRefused(ranges, "gone");
        }
    }

    private static void assertRefused(RangeReader ranges, String why) throws InterruptedException {
        try {
            byte[] mixed = read(ranges, 0, 100);
            fail("the object is " + why + ", and its range was read: " + mixed.length + " bytes");
        } catch (TransientException | IOException expected) {
            assertFalse(String.valueOf(expected.getMessage()).isEmpty(), "message");
        } catch (IngestException e) {
            fail("the object is " + why + ", which another attempt mends; found " + e, e);
        }
    }

    @Test
    void required_cleanUpRemovesAndIsIdempotent() throws Exception {
        Codec element = put("a", new byte[] {1});
        put("b", new byte[] {2});
        if (!cleansUp()) {
            assertThrows(PermanentException.class, () -> client().cleanUp(element), "a source that cannot remove");
            return;
        }
        assertEquals(CleanUpResult.REMOVED, client().cleanUp(element), "first time");
        assertTrue(client().download(element).isEmpty(), "download afterwards");
        assertEquals(CleanUpResult.GONE, client().cleanUp(element), "second time");
        assertArrayEquals(new byte[] {2}, download(put("b", new byte[] {2})), "the other object");
    }

    @Test
    void required_cleanUpLeavesAChangedObjectAlone() throws Exception {
        Codec copied = put("a", Samples.bytes(10, 1));
        Codec changed = put("a", Samples.bytes(10, 2));
        if (cleansUp() && reportsVersion()) {
            assertEquals(CleanUpResult.CHANGED, client().cleanUp(copied), "what was copied is not there any more");
        }
        assertArrayEquals(Samples.bytes(10, 2), download(changed), "the changed object");
    }

    private IngestObject open(Codec element) throws Exception {
        return client().download(element).orElseThrow(() -> new AssertionError(element + " is not there"));
    }

    private byte[] download(Codec element) throws Exception {
        try (IngestObject object = open(element)) {
            return object.body().readAllBytes();
        }
    }

    private static byte[] read(RangeReader ranges, long offset, long length)
            throws IOException, IngestException, InterruptedException {
        try (InputStream body = ranges.open(offset, length)) {
            return body.readAllBytes();
        }
    }
}
