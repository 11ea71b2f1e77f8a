package com.connylabs.ingest.core.copy;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.ObjectAttributes;
import com.connylabs.ingest.api.TransientException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Compares what was downloaded with the length and the checksum that the source states. Used by one thread. */
final class ContentCheck {
    private final ObjectAttributes attributes;
    private final @Nullable MessageDigest digest;
    private final java.util.zip.@Nullable Checksum crc;
    private long length;

    ContentCheck(ObjectAttributes attributes) {
        this.attributes = attributes;
        Checksum.@Nullable Algorithm algorithm =
                attributes.checksum().map(Checksum::algorithm).orElse(null);
        this.digest = algorithm == null ? null : digest(algorithm);
        this.crc = algorithm == null ? null : crc(algorithm);
    }

    private static @Nullable MessageDigest digest(Checksum.Algorithm algorithm) {
        return switch (algorithm) {
            case MD5 -> messageDigest("MD5");
            case SHA1 -> messageDigest("SHA-1");
            case SHA256 -> messageDigest("SHA-256");
            default -> null;
        };
    }

    private static java.util.zip.@Nullable Checksum crc(Checksum.Algorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> new CRC32();
            case CRC32C -> new CRC32C();
            case CRC64NVME -> new Crc64Nvme();
            default -> null;
        };
    }

    private static MessageDigest messageDigest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    long length() {
        return length;
    }

    void update(byte[] bytes, int count) {
        length += count;
        if (digest != null) {
            digest.update(bytes, 0, count);
        }
        if (crc != null) {
            crc.update(bytes, 0, count);
        }
    }

    /** Called when everything was read. */
    void verify(String id) throws TransientException {
        if (attributes.length().isPresent() && attributes.length().getAsLong() != length) {
            throw new TransientException("download " + id + ": got " + length + " bytes of "
                    + attributes.length().getAsLong());
        }
        Optional<String> actual = actual();
        if (actual.isPresent() && !actual.equals(attributes.checksum().map(Checksum::hex))) {
            throw new TransientException(
                    "download " + id + ": the content does not have the checksum that the source states ("
                            + attributes.checksum().orElseThrow() + ", got " + actual.get() + ")");
        }
    }

    private Optional<String> actual() {
        if (digest != null) {
            return Optional.of(java.util.HexFormat.of().formatHex(digest.digest()));
        }
        if (crc == null) {
            return Optional.empty();
        }
        return Optional.of(
                crc instanceof Crc64Nvme
                        ? String.format("%016x", crc.getValue())
                        : String.format("%08x", crc.getValue()));
    }
}
