package com.connylabs.ingest.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionsTest {
    @Test
    void isTheETagWithoutItsQuotes() {
        assertEquals(Optional.of("abc-2"), Versions.of("\"abc-2\""), "quoted");
        assertEquals(Optional.of("abc"), Versions.of("abc"), "some stores don't quote in listings");
        assertEquals(Optional.of("W/\"abc\""), Versions.of("W/\"abc\""), "a weak one stays what it is");
        assertEquals(Optional.empty(), Versions.of("\"\""), "empty");
        assertEquals(Optional.empty(), Versions.of(""), "empty");
        assertEquals(Optional.empty(), Versions.of(null), "missing");
        assertEquals("\"abc\"", Versions.eTag("abc"), "for conditions");
    }
}
