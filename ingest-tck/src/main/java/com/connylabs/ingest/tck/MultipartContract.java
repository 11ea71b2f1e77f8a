package com.connylabs.ingest.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.ChangedException;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.MultipartStorage;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.Part;
import com.connylabs.ingest.api.Upload;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every {@link MultipartStorage} must do, beside what every storage must. */
public abstract class MultipartContract extends StorageContract {
    /** For subclasses. */
    protected MultipartContract() {}

    @Override
    protected abstract MultipartStorage storage();

    /**
     * Whether the storage can find what dead workers left. One that can't leaves it to whoever cares for the destination.
     *
     * @return true unless overridden
     */
    protected boolean discardsUnfinished() {
        return true;
    }

    @Test
    void required_partSizeIsPositive() {
        for (long length : new long[] {0, 1, 1L << 30, 1L << 40}) {
            assertTrue(storage().partSize(OptionalLong.of(length)) > 0, "part size of " + length + " bytes");
        }
        assertTrue(storage().partSize(OptionalLong.empty()) > 0, "part size of an unknown length");
    }

    @Test
    void required_partsInAnyOrderMakeTheObject() throws Exception {
        byte[] bytes = threeParts(1);
        try (Upload upload = begin("directory/a", "v1")) {
            for (int number : new int[] {3, 1, 2}) {
                upload.put(part(bytes, number));
            }
            assertEquals(Optional.empty(), read("directory/a"), "nothing is visible before the end");
            assertEquals(Optional.empty(), storage().stat(element("directory/a")), "nor to stat");
            URI location = upload.complete(bytes.length);
            assertEquals(stat("directory/a").location(), location, "location");
        }
        assertStored("directory/a", bytes, "v1");
        assertEquals(1, contents().size(), "objects " + contents());
    }

    @Test
    void required_partsComeFromSeveralThreads() throws Exception {
        byte[] bytes = threeParts(1);
        try (Upload upload = begin("a", "v1")) {
            Threads.run(3, thread -> upload.put(part(bytes, thread + 1)));
            upload.complete(bytes.length);
        }
        assertStored("a", bytes, "v1");
    }

    @Test
    void required_partThatIsSentAgainReplacesTheFirst() throws Exception {
        byte[] bytes = threeParts(1);
        byte[] wrong = threeParts(2);
        try (Upload upload = begin("a", "v1")) {
            upload.put(part(wrong, 2));
            upload.put(new MemoryPart(3, 2 * partSize(), Samples.bytes(1000, 3)));
            putAll(upload, bytes);
            upload.complete(bytes.length);
        }
        assertStored("a", bytes, "v1");
    }

    @Test
    void required_closeWithoutCompleteLeavesNothing() throws Exception {
        byte[] bytes = threeParts(1);
        Upload upload = begin("a", "v1");
        upload.put(part(bytes, 1));
        upload.close();
        upload.close();
        begin("b", "v1").close();
        assertEquals(Optional.empty(), storage().stat(element("a")), "stat");
        assertEquals(List.of(), List.copyOf(contents()), "what was left behind");
    }

    @Test
    void required_wrongLengthDoesNotBecomeAnObject() throws Exception {
        byte[] bytes = threeParts(1);
        for (long length : new long[] {bytes.length - 1, bytes.length + 1}) {
            try (Upload upload = begin("a", "v1")) {
                putAll(upload, bytes);
                assertThrows(IngestException.class, () -> upload.complete(length), "length " + length);
            }
            assertEquals(List.of(), List.copyOf(contents()), "what was left behind");
        }
    }

    @Test
    void required_missingPartDoesNotBecomeAnObject() throws Exception {
        byte[] bytes = threeParts(1);
        try (Upload upload = begin("a", "v1")) {
            upload.put(part(bytes, 1));
            upload.put(part(bytes, 3));
            assertThrows(IngestException.class, () -> upload.complete(bytes.length), "the second part is missing");
        }
        assertEquals(List.of(), List.copyOf(contents()), "what was left behind");
    }

    @Test
    void required_uploadReplacesWhatWasThereOnlyAtItsEnd() throws Exception {
        byte[] before = Samples.bytes(10, 1);
        byte[] bytes = threeParts(2);
        store("a", Samples.object(before, "before"));
        try (Upload upload = begin("a", "v2");
                Upload abandoned = begin("a", "v3")) {
            abandoned.put(part(threeParts(3), 1));
            putAll(upload, bytes);
            assertStored("a", before, "before");
            upload.complete(bytes.length);
        }
        assertStored("a", bytes, "v2");
        assertEquals(1, contents().size(), "objects " + contents());
    }

    @Test
    void required_uploadReplacesWhatWasSeen() throws Exception {
        for (int seed = 1; seed <= 2; seed++) {
            byte[] bytes = threeParts(seed);
            try (Upload upload = storage().begin(element("a"), version("v" + seed), look("a"))) {
                putAll(upload, bytes);
                upload.complete(bytes.length);
            }
            assertStored("a", bytes, "v" + seed);
        }
    }

    @Test
    void required_uploadDoesNotReplaceWhatSomebodyElseStoredMeanwhile() throws Exception {
        byte[] bytes = threeParts(9);
        for (int seed = 1; seed <= 2; seed++) {
            try (Upload upload = storage().begin(element("a"), version("v9"), look("a"))) {
                putAll(upload, bytes);
                store("a", Samples.object(Samples.bytes(20 + seed, seed), "v" + seed));
                assertThrows(ChangedException.class, () -> upload.complete(bytes.length), "it was changed meanwhile");
            }
            assertStored("a", Samples.bytes(20 + seed, seed), "v" + seed);
            assertEquals(1, contents().size(), "objects " + contents());
        }
    }

    @Test
    void required_partsMayBeLargerThanAskedFor() throws Exception {
        int length = Math.toIntExact(partSize() + 1000);
        byte[] bytes = Samples.bytes(length + 1, 1);
        try (Upload upload = begin("a", "v1")) {
            upload.put(new MemoryPart(2, length, Arrays.copyOfRange(bytes, length, length + 1)));
            upload.put(new MemoryPart(1, 0, Arrays.copyOfRange(bytes, 0, length)));
            upload.complete(bytes.length);
        }
        assertStored("a", bytes, "v1");
    }

    @Test
    void required_whatWasLeftOfAnElementIsDiscarded() throws Exception {
        byte[] before = Samples.bytes(10, 1);
        store("dir/a", Samples.object(before, "before"));
        try (Upload left = begin("dir/a", "v1");
                Upload second = begin("dir/a", "v1");
                Upload longer = begin("dir/ab", "v1");
                Upload below = begin("dir/a.d/b", "v1")) {
            byte[] bytes = threeParts(1);
            for (Upload upload : List.of(left, second, longer, below)) {
                upload.put(part(bytes, 1));
            }
            assertEquals(5, contents().size(), "an object, and four uploads " + contents());
            storage().discardUnfinished(element("dir/a"));
            assertEquals(discardsUnfinished() ? 3 : 5, contents().size(), "what is left: " + contents());
            if (discardsUnfinished()) {
                assertThrows(IngestException.class, () -> left.complete(partSize()), "it was discarded");
            }
            assertStored("dir/a", before, "before");
            below.complete(partSize());
        }
        storage().discardUnfinished(element("never heard of"));
        assertEquals(2, contents().size(), "what is left in the end: " + contents());
    }

    @Test
    void required_whatIsOldAndUnfinishedIsDiscarded() throws Exception {
        storage().discardUnfinished(Instant.now());
        try (Upload upload = begin("dir/a", "v1")) {
            byte[] bytes = threeParts(1);
            upload.put(part(bytes, 1));
            storage().discardUnfinished(Instant.now().minus(Duration.ofHours(1)));
            assertEquals(1, contents().size(), "it may be in use: " + contents());
            storage().discardUnfinished(Instant.now().plus(Duration.ofDays(1)));
            assertEquals(discardsUnfinished() ? 0 : 1, contents().size(), "what is left: " + contents());
        }
        assertEquals(List.of(), List.copyOf(contents()), "what is left in the end");
    }

    private Upload begin(String name, String version) throws Exception {
        return storage().begin(element(name), version(version));
    }

    private static ObjectAttributes version(String version) {
        return ObjectAttributes.unknown().withVersion(version);
    }

    private void putAll(Upload upload, byte[] bytes) throws Exception {
        for (int number = 1; number <= 3; number++) {
            upload.put(part(bytes, number));
        }
    }

    /** Two whole parts and a byte. */
    private byte[] threeParts(long seed) {
        return Samples.bytes(Math.toIntExact(2 * partSize() + 1), seed);
    }

    private Part part(byte[] bytes, int number) {
        int from = Math.toIntExact((number - 1) * partSize());
        int to = Math.toIntExact(Math.min(bytes.length, from + partSize()));
        return new MemoryPart(number, from, Arrays.copyOfRange(bytes, from, to));
    }

    private long partSize() {
        return storage().partSize(OptionalLong.empty());
    }
}
