package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;

/** URIs of objects, encoded as Go's {@code url.URL} does it, which is what the original reports. */
final class S3Uris {
    private static final String UNESCAPED = "-_.~$&+,/:;=@";
    private static final String HEX = "0123456789ABCDEF";

    private S3Uris() {}

    static URI of(String bucket, String key) {
        // Not the constructor with a host: it refuses a bucket with an underscore.
        return URI.create("s3://" + encodePath(bucket) + "/" + encodePath(key));
    }

    static String encodePath(String path) {
        StringBuilder encoded = new StringBuilder(path.length());
        for (byte b : path.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (isPlain(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || UNESCAPED.indexOf(c) >= 0;
    }
}
