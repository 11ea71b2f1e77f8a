package com.connylabs.ingest.api;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;
import java.util.Locale;

/**
 * A checksum over the whole content of an object. Checksums of parts (S3's composite ones, a multipart ETag) are none.
 *
 * @param algorithm how it was computed
 * @param hex the value in lower-case hexadecimal digits
 */
public record Checksum(Algorithm algorithm, String hex) {

    /** The algorithms that a source or destination may know. */
    public enum Algorithm {
        /** CRC-32 as in zip, 4 bytes. */
        CRC32,
        /** CRC-32C (Castagnoli), 4 bytes. */
        CRC32C,
        /** CRC-64/NVME, 8 bytes. */
        CRC64NVME,
        /** MD5, 16 bytes. */
        MD5,
        /** SHA-1, 20 bytes. */
        SHA1,
        /** SHA-256, 32 bytes. */
        SHA256
    }

    /** Checks that the value is hexadecimal. */
    public Checksum {
        requireNonNull(algorithm, "algorithm");
        hex = hex.toLowerCase(Locale.ROOT);
        HexFormat.of().parseHex(hex);
    }

    /**
     * A checksum from its bytes.
     *
     * @param algorithm how it was computed
     * @param value the bytes, most significant first
     * @return the checksum
     */
    public static Checksum of(Algorithm algorithm, byte[] value) {
        return new Checksum(algorithm, HexFormat.of().formatHex(value));
    }

    /**
     * The value as bytes.
     *
     * @return a new array, most significant byte first
     */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
