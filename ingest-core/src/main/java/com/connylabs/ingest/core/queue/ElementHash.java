package com.connylabs.ingest.core.queue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A short name for an element where its id may have any length and any characters. */
public final class ElementHash {
    private static final int BYTES = 16;

    private ElementHash() {}

    /**
     * The first 128 bits of the SHA-256 of the id.
     *
     * @param id the element's id
     * @return 32 hexadecimal digits in lower case
     */
    public static String of(String id) {
        byte[] digest = sha256().digest(id.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
