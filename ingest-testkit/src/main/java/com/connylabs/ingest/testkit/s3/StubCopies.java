package com.connylabs.ingest.testkit.s3;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an {@link S3Stub} copies by itself. */
final class StubCopies {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private StubCopies() {}

    static StubResponse copy(Map<String, StubBucket> buckets, StubBucket to, StubRequest request) {
        StubObject source = source(buckets, request);
        StubOperations.checkConditions(to, request);
        boolean replace =
                request.header("x-amz-metadata-directive").orElse("COPY").equals("REPLACE");
        StubObject copy = StubObject.of(source.body(), replace ? request.headers() : source.headers());
        to.objects.put(request.key(), copy);
        return result("CopyObjectResult", copy);
    }

    static StubResponse copyPart(Map<String, StubBucket> buckets, StubBucket to, StubRequest request) {
        StubObject source = source(buckets, request);
        byte[] body = source.body();
        Matcher range = RANGE.matcher(request.header("x-amz-copy-source-range").orElse(""));
        if (range.matches()) {
            int first = Integer.parseInt(range.group(1));
            int last = Integer.parseInt(range.group(2));
            if (first > last || last >= body.length) {
                throw new StubError(400, "InvalidArgument");
            }
            body = Arrays.copyOfRange(body, first, last + 1);
        }
        return result("CopyPartResult", StubUploads.addPart(to, request, body));
    }

    private static StubObject source(Map<String, StubBucket> buckets, StubRequest request) {
        String place = request.header("x-amz-copy-source").orElse("");
        // As a target: the parts of a request's know how to take it apart.
        StubRequest named =
                new StubRequest("GET", place.startsWith("/") ? place : "/" + place, new TreeMap<>(), new byte[0], 0);
        StubBucket bucket = buckets.get(named.bucket());
        if (bucket == null) {
            throw new StubError(404, "NoSuchBucket");
        }
        StubObject source = bucket.objects.get(named.key());
        if (source == null) {
            throw new StubError(404, "NoSuchKey");
        }
        request.header("x-amz-copy-source-if-match").ifPresent(wanted -> {
            if (!wanted.replace("\"", "").equals(source.etag())) {
                throw new StubError(412, "PreconditionFailed");
            }
        });
        return source;
    }

    private static StubResponse result(String name, StubObject made) {
        return StubResponse.xml("<" + name + "><ETag>&quot;" + made.etag() + "&quot;</ETag></" + name + ">");
    }
}
