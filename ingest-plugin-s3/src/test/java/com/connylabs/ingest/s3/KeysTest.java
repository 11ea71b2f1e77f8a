package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.connylabs.ingest.api.PermanentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    @ParameterizedTest
    @CsvSource({
        "'', a, a",
        "'', /a, a",
        "'', //a, /a",
        "p, a, p/a",
        "p/, a, p/a",
        "p, /a, p/a",
        "p/, /a, p/a",
        "p/, //a, p//a",
        "p//, a, p//a",
        "/p, a, /p/a",
        "p, a//b, p/a//b",
        "p, ../x, p/../x",
        "p, ./x, p/./x",
        "p, dir/, p/dir/",
        "p/q, a b+c%2F.txt, p/q/a b+c%2F.txt"
    })
    void oneSlashBetweenPrefixAndName(String prefix, String name, String key) throws Exception {
        assertEquals(key, Keys.checked(prefix, name), "key");
    }

    @Test
    void keysThatAreTooLongAreRefused() throws Exception {
        assertEquals(1024, Keys.checked("", "x".repeat(1024)).length(), "just fits");
        assertEquals(512, Keys.checked("", "ü".repeat(512)).length(), "just fits, in bytes");
        PermanentException e = assertThrows(PermanentException.class, () -> Keys.checked("", "ü".repeat(513)), "1,026");
        assertTrue(e.getMessage().contains("1026 bytes"), e.getMessage());
        assertThrows(PermanentException.class, () -> Keys.checked("p", "x".repeat(1023)), "the prefix counts");
    }

    @Test
    void namesThatAreNoKeysAreRefused() {
        assertThrows(PermanentException.class, () -> Keys.checked("p", ""), "empty");
        assertThrows(PermanentException.class, () -> Keys.checked("", "/"), "empty without its slash");
        assertThrows(PermanentException.class, () -> Keys.checked("", "\ud83d"), "half a character");
    }
}
