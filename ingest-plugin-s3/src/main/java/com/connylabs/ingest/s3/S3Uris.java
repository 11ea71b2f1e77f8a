package com.connylabs.ingest.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;

/** URIs of objects, encoded as Go's {@code url.URL} does it, which is what the original reports. */
final class S3Uris {
    private static final String UNESCAPED = "-_.~$&+,/:;=@";

    /** Which characters but letters and digits stand for themselves in a request's path, as its signature wants them. */
    private static final String UNESCAPED_IN_REQUESTS = "-_.~/";

    /** The same in its parameters. */
    private static final String UNESCAPED_IN_PARAMETERS = "-_.~";

    private static final String HEX = "0123456789ABCDEF";

    private S3Uris() {}

    static URI of(String bucket, String key) {
        // Not the constructor with a host: it refuses a bucket with an underscore.
        return URI.create(name(bucket, key));
    }

    /** The same as text, which costs little: every request has a name for its messages. */
    static String name(String bucket, String key) {
        return "s3://" + encodePath(bucket) + "/" + encodePath(key);
    }

    static String encodePath(String path) {
        return encode(path, UNESCAPED);
    }

    /** As a key stands in the path of a request. */
    static String encodeKey(String key) {
        return encode(key, UNESCAPED_IN_REQUESTS);
    }

    /** As names and values stand in the parameters of a request. */
    static String encodeParameter(String text) {
        return encode(text, UNESCAPED_IN_PARAMETERS);
    }

    private static String encode(String path, String unescaped) {
        if (isPlain(path, unescaped)) {
            return path;
        }
        StringBuilder encoded = new StringBuilder(path.length());
        for (byte b : path.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (isPlain(c, unescaped)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(String path, String unescaped) {
        for (int i = 0; i < path.length(); i++) {
            if (!isPlain(path.charAt(i), unescaped)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c, String unescaped) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || unescaped.indexOf(c) >= 0;
    }
}
