package com.connylabs.ingest.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The uploads in parts of an {@link S3Stub}. */
final class StubUploads {
    private static final Pattern PART = Pattern.compile("<Part>.*?</Part>", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");
    private static final Pattern ETAG = Pattern.compile("<ETag>(?:&quot;|\")?(\\w+)(?:&quot;|\")?</ETag>");
    private static final int MIN_PART = 5 << 20;

    private StubUploads() {}

    static StubResponse create(StubBucket bucket, StubRequest request) {
        String id = UUID.randomUUID().toString();
        Map<String, String> headers = StubObject.kept(request.headers());
        bucket.uploads.put(id, new StubBucket.StubUpload(request.key(), headers, new TreeMap<>(), Instant.now()));
        return StubResponse.xml(
                "<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>");
    }

    static StubResponse putPart(StubBucket bucket, StubRequest request) {
        StubChecksums.check(request);
        StubObject part = addPart(bucket, request, request.body());
        return new StubResponse(200, Map.of("ETag", "\"" + part.etag() + "\""), new byte[0]);
    }

    static StubObject addPart(StubBucket bucket, StubRequest request, byte[] body) {
        StubObject part = StubObject.of(body, Map.of());
        upload(bucket, request).parts().put(Integer.valueOf(request.query().getOrDefault("partNumber", "0")), part);
        return part;
    }

    static StubResponse complete(StubBucket bucket, StubRequest request) {
        StubBucket.StubUpload upload = upload(bucket, request);
        StubOperations.checkConditions(bucket, request);
        List<StubObject> parts = new ArrayList<>();
        Matcher listed = PART.matcher(new String(request.body(), UTF_8));
        while (listed.find()) {
            StubObject part = upload.parts().get(Integer.valueOf(group(NUMBER, listed.group())));
            if (part == null || !part.etag().equals(group(ETAG, listed.group()))) {
                throw new StubError(400, "InvalidPart");
            }
            parts.add(part);
        }
        if (parts.isEmpty()) {
            throw new StubError(400, "MalformedXML");
        }
        if (parts.subList(0, parts.size() - 1).stream().anyMatch(part -> part.body().length < MIN_PART)) {
            throw new StubError(400, "EntityTooSmall");
        }
        StubObject object = StubObject.ofParts(parts, upload.headers());
        bucket.objects.put(upload.key(), object);
        bucket.uploads.remove(request.query().get("uploadId"));
        return StubResponse.xml("<CompleteMultipartUploadResult><ETag>&quot;" + object.etag()
                + "&quot;</ETag></CompleteMultipartUploadResult>");
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new StubError(400, "MalformedXML");
        }
        return matcher.group(1);
    }

    static StubResponse abort(StubBucket bucket, StubRequest request) {
        upload(bucket, request);
        bucket.uploads.remove(request.query().get("uploadId"));
        return StubResponse.empty(204);
    }

    private static StubBucket.StubUpload upload(StubBucket bucket, StubRequest request) {
        StubBucket.StubUpload upload = bucket.uploads.get(request.query().getOrDefault("uploadId", ""));
        if (upload == null || !upload.key().equals(request.key())) {
            throw new StubError(404, "NoSuchUpload");
        }
        return upload;
    }
}
