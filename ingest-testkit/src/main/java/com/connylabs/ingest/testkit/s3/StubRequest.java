package com.connylabs.ingest.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as an {@link S3Stub} got it.
 *
 * @param method the HTTP method
 * @param target path and query as they stood in the request line
 * @param headers names in lower case, and values
 * @param body the bytes
 * @param connection the port that the client has for its connection, by which connections can be told apart
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StubRequest(String method, String target, Map<String, String> headers, byte[] body, int connection) {

    /**
     * S3's name of the operation.
     *
     * @return for example {@code PutObject}
     */
    public String operation() {
        Map<String, String> query = query();
        if (bucket().isEmpty()) {
            return "ListBuckets";
        }
        if (key().isEmpty()) {
            return switch (method) {
                case "HEAD" -> "HeadBucket";
                case "PUT" -> "CreateBucket";
                case "GET" -> query.containsKey("uploads") ? "ListMultipartUploads" : "ListObjectsV2";
                default -> "Unknown";
            };
        }
        boolean upload = query.containsKey("uploadId");
        return switch (method) {
            case "HEAD" -> "HeadObject";
            case "GET" -> "GetObject";
            case "PUT" ->
                header("x-amz-copy-source").isPresent()
                        ? (upload ? "UploadPartCopy" : "CopyObject")
                        : (upload ? "UploadPart" : "PutObject");
            case "POST" -> upload ? "CompleteMultipartUpload" : "CreateMultipartUpload";
            case "DELETE" -> upload ? "AbortMultipartUpload" : "DeleteObject";
            default -> "Unknown";
        };
    }

    /**
     * The bucket, from the path: the stub knows no virtual hosts.
     *
     * @return its name, empty for none
     */
    public String bucket() {
        int end = path().indexOf('/', 1);
        return decode(end < 0 ? path().substring(1) : path().substring(1, end));
    }

    /**
     * The key, byte for byte as it was sent.
     *
     * @return the key, empty for none
     */
    public String key() {
        int start = path().indexOf('/', 1);
        return start < 0 ? "" : decode(path().substring(start + 1));
    }

    /**
     * The query.
     *
     * @return decoded names and values
     */
    public Map<String, String> query() {
        Map<String, String> query = new TreeMap<>();
        for (String pair : rawQuery().isEmpty() ? new String[0] : rawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
        }
        return query;
    }

    /**
     * A header.
     *
     * @param name in lower case
     * @return its value, if it is there
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    String rawQuery() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    StubRequest withoutBody() {
        return new StubRequest(method, target, headers, new byte[0], connection);
    }

    StubRequest without(String header) {
        Map<String, String> fewer = new TreeMap<>(headers);
        fewer.remove(header);
        return new StubRequest(method, target, fewer, body, connection);
    }

    /** Percent decoding and nothing else: a plus stays one, a slash is no border, no segment is special. */
    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                bytes.write(Integer.parseInt(new String(Arrays.copyOfRange(raw, i + 1, i + 3), UTF_8), 16));
                i += 2;
            } else {
                bytes.write(raw[i]);
            }
        }
        return bytes.toString(UTF_8);
    }
}
