package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PackedPageTest {
    @Test
    void objectsAreAsTheyWere() {
        List<ListedObject> objects = List.of(
                new ListedObject(
                        "a/\ud83d\ude00\u0000é", "\"e\"", OptionalLong.of(1L << 40), "2026-01-31T10:00:00.000Z"),
                new ListedObject("k".repeat(70_000), null, OptionalLong.empty(), null),
                new ListedObject("b", "", OptionalLong.of(0), ""));
        PackedPage packed = PackedPage.of(objects);
        assertEquals(objects, packed.objects());
        assertEquals(3, packed.size());
    }
}
