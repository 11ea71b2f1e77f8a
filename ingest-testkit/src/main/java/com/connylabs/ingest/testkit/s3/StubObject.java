package com.connylabs.ingest.testkit.s3;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object as an {@link S3Stub} keeps it.
 *
 * @param body its bytes
 * @param headers those that came with it and go out with it: content headers, {@code x-amz-meta-*} and the like
 * @param etag without quotes
 * @param modified when it was stored
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StubObject(byte[] body, Map<String, String> headers, String etag, Instant modified) {

    static StubObject of(byte[] body, Map<String, String> requestHeaders) {
        return new StubObject(body, kept(requestHeaders), md5(body), Instant.now());
    }

    static StubObject ofParts(List<StubObject> parts, Map<String, String> headers) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ByteArrayOutputStream sums = new ByteArrayOutputStream();
        for (StubObject part : parts) {
            body.writeBytes(part.body());
            sums.writeBytes(HexFormat.of().parseHex(part.etag()));
        }
        return new StubObject(body.toByteArray(), headers, md5(sums.toByteArray()) + "-" + parts.size(), Instant.now());
    }

    static Map<String, String> kept(Map<String, String> requestHeaders) {
        Map<String, String> kept = new TreeMap<>();
        requestHeaders.forEach((name, value) -> {
            boolean content =
                    name.startsWith("content-") && !name.equals("content-length") && !name.equals("content-md5");
            boolean other = name.equals("cache-control")
                    || name.equals("expires")
                    || name.startsWith("x-amz-meta-")
                    || name.startsWith("x-amz-checksum-")
                    || name.startsWith("x-amz-server-side-encryption")
                    || name.equals("x-amz-storage-class");
            if (content || other) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    private static String md5(byte[] bytes) {
        return HexFormat.of().formatHex(StubSignature.digest("MD5", bytes));
    }
}
