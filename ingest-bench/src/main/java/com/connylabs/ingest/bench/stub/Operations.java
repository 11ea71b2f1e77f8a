package com.connylabs.ingest.bench.stub;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the stub can do. Buckets are there when they are asked for. Safe to use from many threads. */
final class Operations {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    Bucket bucket(String name) {
        return buckets.computeIfAbsent(name, n -> new Bucket());
    }

    /** S3's name of what is asked. */
    static String name(Head head) {
        Map<String, String> query = head.query();
        boolean upload = query.containsKey("uploadId");
        if (head.key().isEmpty()) {
            return switch (head.method()) {
                case "GET" -> ofBucket(query);
                case "HEAD" -> "HeadBucket";
                default -> "CreateBucket";
            };
        }
        return switch (head.method()) {
            case "HEAD" -> "HeadObject";
            case "GET" -> "GetObject";
            case "PUT" -> upload ? "UploadPart" : "PutObject";
            case "POST" -> upload ? "CompleteMultipartUpload" : "CreateMultipartUpload";
            default -> upload ? "AbortMultipartUpload" : "DeleteObject";
        };
    }

    private static String ofBucket(Map<String, String> query) {
        if (query.containsKey("location")) {
            return "GetBucketLocation";
        }
        return query.containsKey("uploads") ? "ListMultipartUploads" : "ListObjectsV2";
    }

    Answer answer(String operation, Head head, Arrival body) {
        Bucket bucket = bucket(head.bucket());
        return switch (operation) {
            case "HeadBucket", "CreateBucket" -> Answer.empty(200);
            case "GetBucketLocation" -> Answer.xml("<LocationConstraint/>");
            case "ListObjectsV2" -> Listing.of(bucket, head);
            case "ListMultipartUploads" ->
                Answer.xml("<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>");
            case "HeadObject", "GetObject" -> get(bucket, head);
            case "PutObject" -> put(bucket, head, body);
            case "DeleteObject" -> delete(bucket, head);
            case "CreateMultipartUpload" -> begin(bucket, head);
            case "UploadPart" -> putPart(bucket, head, body);
            case "CompleteMultipartUpload" -> complete(bucket, head);
            default -> abort(bucket, head);
        };
    }

    private static Answer get(Bucket bucket, Head head) {
        Item item = bucket.objects.get(head.key());
        if (item == null) {
            return Answer.error(404, "NoSuchKey");
        }
        String match = head.headers().get("if-match");
        if (match != null && !match.contains(item.eTag())) {
            return Answer.error(412, "PreconditionFailed");
        }
        List<String> headers = new ArrayList<>(item.headers());
        headers.add("ETag: \"" + item.eTag() + "\"");
        headers.add("Last-Modified: " + HTTP_DATE.format(Instant.ofEpochMilli(item.modified())));
        headers.add("Accept-Ranges: bytes");
        String range = head.headers().get("range");
        if (range == null) {
            return Answer.content(200, headers, item.phase(), item.size());
        }
        int dash = range.indexOf('-');
        long first = Long.parseLong(range.substring("bytes=".length(), dash));
        long end = dash + 1 == range.length() ? item.size() - 1 : Long.parseLong(range.substring(dash + 1));
        long last = Math.min(item.size() - 1, end);
        headers.add("Content-Range: bytes " + first + "-" + last + "/" + item.size());
        return Answer.content(206, headers, item.phase() + first, last - first + 1);
    }

    private static Answer put(Bucket bucket, Head head, Arrival body) {
        if (refused(bucket, head)) {
            return Answer.error(412, "PreconditionFailed");
        }
        Item item = body.end(head.kept());
        if (isAnother(item, head)) {
            return Answer.error(400, "BadDigest");
        }
        bucket.put(head.key(), item);
        return Answer.empty(200, "ETag: \"" + item.eTag() + "\"");
    }

    private static boolean isAnother(Item item, Head head) {
        String md5 = head.headers().get("content-md5");
        return md5 != null
                && !item.eTag()
                        .equals(HexFormat.of().formatHex(Base64.getDecoder().decode(md5)));
    }

    private static boolean refused(Bucket bucket, Head head) {
        Item there = bucket.objects.get(head.key());
        String match = head.headers().get("if-match");
        return (head.headers().containsKey("if-none-match") && there != null)
                || (match != null && (there == null || !match.contains(there.eTag())));
    }

    private static Answer delete(Bucket bucket, Head head) {
        bucket.objects.remove(head.key());
        return Answer.empty(204);
    }

    private static Answer begin(Bucket bucket, Head head) {
        String id = UUID.randomUUID().toString();
        bucket.uploads.put(id, new Bucket.Uploading(head.kept(), new ConcurrentSkipListMap<>()));
        return Answer.xml("<InitiateMultipartUploadResult><Bucket>" + head.bucket() + "</Bucket><Key>" + head.key()
                + "</Key><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>");
    }

    private static Answer putPart(Bucket bucket, Head head, Arrival body) {
        Bucket.Uploading upload = bucket.uploads.get(head.query("uploadId", ""));
        if (upload == null) {
            return Answer.error(404, "NoSuchUpload");
        }
        Item part = body.end(List.of());
        if (isAnother(part, head)) {
            return Answer.error(400, "BadDigest");
        }
        upload.parts().put((int) head.number("partNumber", 0), part);
        return Answer.empty(200, "ETag: \"" + part.eTag() + "\"");
    }

    private static Answer complete(Bucket bucket, Head head) {
        if (refused(bucket, head)) {
            return Answer.error(412, "PreconditionFailed");
        }
        Bucket.Uploading upload = bucket.uploads.remove(head.query("uploadId", ""));
        if (upload == null) {
            return Answer.error(404, "NoSuchUpload");
        }
        Item item = Parts.join(upload);
        bucket.put(head.key(), item);
        return Answer.xml("<CompleteMultipartUploadResult><Bucket>" + head.bucket() + "</Bucket><Key>" + head.key()
                + "</Key><ETag>&quot;" + item.eTag() + "&quot;</ETag></CompleteMultipartUploadResult>");
    }

    private static Answer abort(Bucket bucket, Head head) {
        bucket.uploads.remove(head.query("uploadId", ""));
        return Answer.empty(204);
    }
}
