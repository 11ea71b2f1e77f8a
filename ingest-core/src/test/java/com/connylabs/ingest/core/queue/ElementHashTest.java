package com.connylabs.ingest.core.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ElementHashTest {
    @Test
    void isTheFirstHalfOfSha256() {
        // FIPS 180-2, appendix B.1: SHA-256 of "abc".
        assertEquals("ba7816bf8f01cfea414140de5dae2223", ElementHash.of("abc"), "hash of abc");
    }

    @Test
    void idsAreTakenAsUtf8() {
        // printf 'ü' | sha256sum
        assertEquals("607474ca475a9724d7360aba71a56d5d", ElementHash.of("\u00fc"), "hash of a character of two bytes");
    }
}
