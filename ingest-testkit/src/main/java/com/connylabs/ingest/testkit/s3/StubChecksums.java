package com.connylabs.ingest.testkit.s3;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Compares a body with the checksums that came with it. */
final class StubChecksums {
    private StubChecksums() {}

    static void check(StubRequest request) {
        byte[] body = request.body();
        compare(request, "content-md5", StubSignature.digest("MD5", body));
        compare(request, "x-amz-checksum-sha1", StubSignature.digest("SHA-1", body));
        compare(request, "x-amz-checksum-sha256", StubSignature.digest("SHA-256", body));
        compare(request, "x-amz-checksum-crc32", crc(new CRC32(), body));
        compare(request, "x-amz-checksum-crc32c", crc(new CRC32C(), body));
    }

    private static void compare(StubRequest request, String header, byte[] right) {
        request.header(header).ifPresent(given -> {
            if (!Arrays.equals(Base64.getDecoder().decode(given), right)) {
                throw new StubError(400, "BadDigest");
            }
        });
    }

    private static byte[] crc(Checksum sum, byte[] body) {
        sum.update(body);
        return ByteBuffer.allocate(4).putInt((int) sum.getValue()).array();
    }
}
