package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.Codec;
import com.connylabs.ingest.api.IngestException;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.Inventory;
import com.connylabs.ingest.api.InventoryEntry;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.testkit.s3.S3Stub;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a destination's listing shows, and what it costs. */
class S3InventoryIT {
    private static final int OBJECTS = 30_000;

    private S3Stub stub;
    private TestStore store;

    @BeforeEach
    void open() throws Exception {
        stub = S3Stub.start();
        store = TestStore.of(stub, "bucket");
    }

    @AfterEach
    void close() {
        store.close();
        stub.close();
    }

    @Test
    void anObjectInOnePieceShowsItsMd5AndOneInPartsDoesNot() throws Exception {
        try (S3Destination destination = store.destination("prefix", "p")) {
            store.put("p/a", "a".getBytes(StandardCharsets.UTF_8));
            try (IngestObject large = IngestObject.of(ObjectAttributes.unknown(), new byte[6 << 20])) {
                destination.store(Codec.of("b", "b"), large);
            }
            try (Inventory inventory = destination.inventory().orElseThrow()) {
                InventoryEntry a = inventory.next("a").orElseThrow();
                assertEquals(
                        Optional.of(new Checksum(Checksum.Algorithm.MD5, "0cc175b9c0f1b6a831c399e269772661")),
                        a.checksum(),
                        "MD5 of a");
                assertEquals(OptionalLong.of(1), a.length(), "length of a");
                InventoryEntry b = inventory.next("b").orElseThrow();
                assertEquals(Optional.empty(), b.checksum(), "an ETag of parts");
                assertEquals(OptionalLong.of(6 << 20), b.length(), "length of b");
            }
        }
    }

    @Test
    void namesWithASlashInFrontAreThoseWithoutIt() throws Exception {
        for (String key : new String[] {"p//x", "p/a", "p/b"}) {
            stub.put("bucket", key, new byte[1], Map.of());
        }
        try (S3Destination destination = store.destination("prefix", "p")) {
            try (Inventory inventory = destination.inventory().orElseThrow()) {
                assertEquals("/a", inventory.next("/a").orElseThrow().name());
                assertEquals("/b", inventory.next("/b").orElseThrow().name());
            }
            try (Inventory inventory = destination.inventory().orElseThrow()) {
                assertEquals("//x", inventory.next("").orElseThrow().name(), "/x would be the key p/x");
                assertEquals("a", inventory.next("").orElseThrow().name());
            }
        }
    }

    @Test
    void emptyMarkersAndThoseOfASharedPlaceProveNothing() throws Exception {
        store.put("meta/a.done", new byte[0]);
        store.put("meta/a", new byte[1]);
        try (S3Destination one = store.destination("metafilesPrefix", "meta")) {
            try (Inventory inventory = one.inventory().orElseThrow()) {
                InventoryEntry entry = inventory.next("").orElseThrow();
                assertEquals(InventoryEntry.of("a", OptionalLong.empty()), entry, "a marker of the original's");
                assertEquals(Optional.empty(), inventory.next("a"), "what is no marker");
            }
            try (S3Destination other = store.destination("prefix", "p", "metafilesPrefix", "meta")) {
                assertEquals(Optional.empty(), one.inventory(), "a marker may be the other's");
                assertEquals(Optional.empty(), other.inventory(), "a marker may be the one's");
            }
        }
    }

    @Test
    void whatNobodyAsksForIsJumpedOver() throws Exception {
        fill();
        try (S3Destination destination = store.destination();
                Inventory inventory = destination.inventory().orElseThrow()) {
            assertEquals(name(0), inventory.next("a").orElseThrow().name(), "the first");
            assertEquals(
                    name(25_000), inventory.next(name(25_000)).orElseThrow().name(), "far away");
            assertEquals(
                    name(25_500), inventory.next(name(25_500)).orElseThrow().name(), "on that page");
            assertEquals(Optional.empty(), inventory.next("z"), "behind the last");
        }
        assertTrue(stub.count("ListObjectsV2") <= 8, stub.count("ListObjectsV2") + " pages instead of 30");
    }

    @Test
    void aListingThatCostsMoreThanItSavesEnds() throws Exception {
        fill();
        try (S3Destination destination = store.destination();
                Inventory inventory = destination.inventory().orElseThrow()) {
            assertThrows(IngestException.class, () -> {
                for (int i = 0; i < OBJECTS; i += 1500) {
                    inventory.next(name(i));
                }
            });
        }
        assertTrue(stub.count("ListObjectsV2") < 30, stub.count("ListObjectsV2") + " pages");
    }

    @Test
    void aStoreThatListsOutOfOrderOrWhatIsElsewhereIsNoticed() throws Exception {
        for (String keys : new String[] {"b a c", "b b", "\ud83d\ude00 \uffee"}) {
            StringBuilder page = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
            for (String key : keys.split(" ", -1)) {
                page.append("<Contents><Key>").append(key).append("</Key><Size>1</Size></Contents>");
            }
            byte[] answer = HostileAnswers.ok(
                    page.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8));
            try (HostileAnswers hostile = new HostileAnswers();
                    Inventory inventory = hostile.destination.inventory().orElseThrow()) {
                hostile.server.answer(request -> answer);
                inventory.next("");
                IngestException e = assertThrows(IngestException.class, () -> inventory.next("\ud83d\ude00z"), keys);
                assertTrue(String.valueOf(e.getMessage()).contains("order"), e.getMessage());
            }
        }
    }

    private void fill() {
        for (int i = 0; i < OBJECTS; i++) {
            stub.put("bucket", name(i), new byte[0], Map.of());
        }
    }

    private static String name(int number) {
        return "key-%05d".formatted(number);
    }
}
