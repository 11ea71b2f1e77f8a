package com.connylabs.ingest.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an {@link S3Stub} can do. Not safe for several threads at once. */
final class StubOperations {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    private final Map<String, StubBucket> buckets;

    StubOperations(Map<String, StubBucket> buckets) {
        this.buckets = buckets;
    }

    StubResponse answer(StubRequest request) {
        if (request.operation().equals("CreateBucket")) {
            buckets.putIfAbsent(request.bucket(), new StubBucket());
            return StubResponse.empty(200);
        }
        StubBucket bucket = buckets.get(request.bucket());
        if (bucket == null) {
            throw new StubError(404, "NoSuchBucket");
        }
        if (request.key().getBytes(UTF_8).length > 1024) {
            throw new StubError(400, "KeyTooLongError");
        }
        return switch (request.operation()) {
            case "HeadBucket" -> StubResponse.empty(200);
            case "ListObjectsV2" -> StubListing.of(bucket.objects, request.query());
            case "ListMultipartUploads" -> StubUploadListing.of(bucket, request.query());
            case "HeadObject", "GetObject" -> get(bucket, request);
            case "PutObject" -> put(bucket, request);
            case "CopyObject" -> StubCopies.copy(buckets, bucket, request);
            case "UploadPartCopy" -> StubCopies.copyPart(buckets, bucket, request);
            case "DeleteObject" -> delete(bucket, request);
            case "CreateMultipartUpload" -> StubUploads.create(bucket, request);
            case "UploadPart" -> StubUploads.putPart(bucket, request);
            case "CompleteMultipartUpload" -> StubUploads.complete(bucket, request);
            case "AbortMultipartUpload" -> StubUploads.abort(bucket, request);
            default -> throw new StubError(501, "NotImplemented");
        };
    }

    private static StubResponse get(StubBucket bucket, StubRequest request) {
        StubObject object = bucket.objects.get(request.key());
        if (object == null) {
            throw new StubError(404, "NoSuchKey");
        }
        checkConditions(bucket, request);
        Map<String, String> headers = new TreeMap<>(object.headers());
        if (!request.header("x-amz-checksum-mode").orElse("").equals("ENABLED")) {
            headers.keySet().removeIf(name -> name.startsWith("x-amz-checksum-"));
        }
        headers.put("ETag", "\"" + object.etag() + "\"");
        headers.put(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(object.modified().atOffset(ZoneOffset.UTC)));
        Matcher range = RANGE.matcher(request.header("range").orElse(""));
        if (!range.matches()) {
            return new StubResponse(200, headers, object.body());
        }
        int length = object.body().length;
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2).isEmpty() ? length - 1 : Math.min(length - 1, Integer.parseInt(range.group(2)));
        if (first >= length) {
            throw new StubError(416, "InvalidRange");
        }
        headers.put("Content-Range", "bytes " + first + "-" + last + "/" + length);
        return new StubResponse(206, headers, Arrays.copyOfRange(object.body(), first, last + 1));
    }

    private static StubResponse put(StubBucket bucket, StubRequest request) {
        checkConditions(bucket, request);
        StubChecksums.check(request);
        StubObject object = StubObject.of(request.body(), request.headers());
        bucket.objects.put(request.key(), object);
        return new StubResponse(200, Map.of("ETag", "\"" + object.etag() + "\""), new byte[0]);
    }

    private static StubResponse delete(StubBucket bucket, StubRequest request) {
        if (bucket.objects.containsKey(request.key())) {
            checkConditions(bucket, request);
            bucket.objects.remove(request.key());
        }
        return StubResponse.empty(204);
    }

    static void checkConditions(StubBucket bucket, StubRequest request) {
        StubObject there = bucket.objects.get(request.key());
        String etag = there == null ? "" : there.etag();
        request.header("if-match").ifPresent(wanted -> {
            if (there == null) {
                throw new StubError(404, "NoSuchKey");
            }
            if (!wanted.equals("*") && !wanted.replace("\"", "").equals(etag)) {
                throw new StubError(412, "PreconditionFailed");
            }
        });
        request.header("if-none-match").ifPresent(unwanted -> {
            if (there != null
                    && (unwanted.equals("*") || unwanted.replace("\"", "").equals(etag))) {
                throw new StubError(412, "PreconditionFailed");
            }
        });
    }
}
