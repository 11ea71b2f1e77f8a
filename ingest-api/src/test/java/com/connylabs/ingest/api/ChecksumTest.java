package com.connylabs.ingest.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.connylabs.ingest.api.Checksum.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    @Test
    void bytesAndHexAreTheSameValue() {
        byte[] bytes = {(byte) 0xCA, (byte) 0xFE, 0, 1};
        Checksum checksum = Checksum.of(Algorithm.CRC32, bytes);
        assertEquals("cafe0001", checksum.hex(), "hex");
        assertArrayEquals(bytes, checksum.bytes(), "bytes");
        assertEquals(checksum, new Checksum(Algorithm.CRC32, "CAFE0001"), "case does not matter");
    }

    @Test
    void lengthsAreThoseOfTheAlgorithms() throws Exception {
        byte[] text = "ingest".getBytes(StandardCharsets.UTF_8);
        var names = Map.of(Algorithm.MD5, "MD5", Algorithm.SHA1, "SHA-1", Algorithm.SHA256, "SHA-256");
        for (Algorithm algorithm : names.keySet()) {
            byte[] digest = MessageDigest.getInstance(names.get(algorithm)).digest(text);
            assertEquals(digest.length, algorithm.bytes(), algorithm.name());
            assertArrayEquals(digest, Checksum.of(algorithm, digest).bytes(), algorithm.name());
        }
        assertEquals(4, Algorithm.CRC32C.bytes(), "CRC-32C");
        assertEquals(8, Algorithm.CRC64NVME.bytes(), "CRC-64/NVME");
    }

    @Test
    void whatIsNoChecksumIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Checksum(Algorithm.CRC32, "xyzxyzxy"), "no hex");
        assertThrows(IllegalArgumentException.class, () -> new Checksum(Algorithm.CRC32, "cafe000"), "odd");
        assertThrows(IllegalArgumentException.class, () -> new Checksum(Algorithm.MD5, "cafe0001"), "too short");
        assertThrows(IllegalArgumentException.class, () -> Checksum.of(Algorithm.SHA1, new byte[0]), "empty");
    }
}
