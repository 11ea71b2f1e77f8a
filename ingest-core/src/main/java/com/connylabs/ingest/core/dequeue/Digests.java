package com.connylabs.ingest.core.dequeue;

import com.connylabs.ingest.api.Checksum;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Checksums that are long enough to stand for what they were computed over. */
final class Digests {
    private Digests() {}

    /** Whether this one tells contents apart, other than a CRC, which many have in common. */
    static boolean identifies(Checksum checksum) {
        return name(checksum.algorithm()) != null;
    }

    /** Whether it is that of a text. */
    static boolean isOf(Checksum checksum, String text) {
        String name = name(checksum.algorithm());
        if (name == null) {
            return false;
        }
        try {
            byte[] digest = MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).equals(checksum.hex());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    private static @Nullable String name(Checksum.Algorithm algorithm) {
        return switch (algorithm) {
            case MD5 -> "MD5";
            case SHA1 -> "SHA-1";
            case SHA256 -> "SHA-256";
            default -> null;
        };
    }
}
