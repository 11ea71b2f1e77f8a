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
        CRC32(4),
        /** CRC-32C (Castagnoli), 4 bytes. */
        CRC32C(4),
        /** CRC-64/NVME, 8 bytes. */
        CRC64NVME(8),
        /** MD5, 16 bytes. */
        MD5(16),
        /** SHA-1, 20 bytes. */
        SHA1(20),
        /** SHA-256, 32 bytes. */
        SHA256(32);

        private final int bytes;

        Algorithm(int bytes) {
            this.bytes = bytes;
        }

        /**
         * How long a value is.
         *
         * @return length in bytes
         */
        public int bytes() {
            return bytes;
        }
    }

    /** Checks that the value is hexadecimal and as long as the algorithm makes it. */
    public Checksum {
        requireNonNull(algorithm, "algorithm");
        hex = requireNonNull(hex, "hex").toLowerCase(Locale.ROOT);
        int length = HexFormat.of().parseHex(hex).length;
        if (length != algorithm.bytes()) {
            throw new IllegalArgumentException(
                    algorithm + " has " + algorithm.bytes() + " bytes, found " + length + ": " + hex);
        }
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
