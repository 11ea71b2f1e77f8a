package com.connylabs.ingest.it.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * What was written to a key at one time. The content follows from seed, key and number, and is not kept.
 *
 * @param number 1 for the first version of a key
 * @param length bytes
 * @param sha256 of the content, in hexadecimal digits
 */
record Version(int number, int length, String sha256) {
    static byte[] content(long seed, String key, int number, int length) {
        byte[] bytes = new byte[length];
        new Random(seed * 31 + key.hashCode() * 1_000_003L + number).nextBytes(bytes);
        return bytes;
    }

    static Version of(int number, byte[] content) {
        return new Version(number, content.length, sha256(content));
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** For people: which version of a key it is. */
    @Override
    public String toString() {
        return "version " + number + " (" + length + " bytes, " + sha256.substring(0, 8) + ")";
    }

    static String shorten(byte[] content) {
        return content.length + " bytes, " + sha256(content).substring(0, 8) + ", begins \""
                + new String(content, 0, Math.min(40, content.length), UTF_8).replaceAll("[^ -~]", ".") + "\"";
    }
}
