package com.connylabs.ingest.tck;

import com.connylabs.ingest.api.Checksum;
import com.connylabs.ingest.api.IngestObject;
import com.connylabs.ingest.api.ObjectAttributes;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/** Contents to test with. */
final class Samples {
    private Samples() {}

    /** Bytes that look random and are the same for the same length and seed. */
    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed * 31 + length).nextBytes(bytes);
        return bytes;
    }

    /** An object that can be read again. */
    static IngestObject object(byte[] bytes, String version) {
        return IngestObject.of(ObjectAttributes.unknown().withVersion(version), bytes);
    }

    /** An object whose length is unknown. */
    static IngestObject stream(byte[] bytes, String version) {
        return IngestObject.of(ObjectAttributes.unknown().withVersion(version), new ByteArrayInputStream(bytes));
    }

    /** An object that says that it is of another length than it is. */
    static IngestObject lying(byte[] bytes, long length) {
        ObjectAttributes attributes =
                ObjectAttributes.unknown().withVersion("lying").withLength(length);
        return IngestObject.of(attributes, new ByteArrayInputStream(bytes));
    }

    /** An object that states the MD5 of some bytes, and can be read once. */
    static IngestObject summed(byte[] bytes, byte[] stated, String version) throws NoSuchAlgorithmException {
        Checksum md5 = Checksum.of(
                Checksum.Algorithm.MD5, MessageDigest.getInstance("MD5").digest(stated));
        ObjectAttributes attributes = ObjectAttributes.unknown()
                .withVersion(version)
                .withLength(bytes.length)
                .withChecksum(md5);
        return IngestObject.of(attributes, new ByteArrayInputStream(bytes));
    }
}
