package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.Inventory;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyBeforeTest {
    @Test
    void theTextIsBeforeTheKeyAndBehindMostOthers() {
        for (String key :
                List.of("b", "a/b", "a/", "a b", "a ", "\u0000", "\u00ff", "\ue000", "\ud83d\ude00", "z\u0300")) {
            String before = KeyBefore.of(key);
            assertTrue(Inventory.ORDER.compare(before, key) < 0, S3Uris.encodePath(key));
            assertTrue(key.codePointAt(0) < 'a' || Inventory.ORDER.compare(before, "\u0001") > 0 || key.length() < 2);
        }
        assertEquals("a/a\udbff\udfff", KeyBefore.of("a/b"), "behind all that is below a/a");
        assertEquals("", KeyBefore.of(""), "nothing is before nothing");
    }
}
