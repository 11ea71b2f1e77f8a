package com.connylabs.ingest.testkit.s3;

import static java.util.Comparator.comparing;

import com.connylabs.ingest.testkit.s3.StubBucket.StubUpload;
import java.util.List;
import java.util.Map;

/** A page of the open uploads of an {@link S3Stub}: a small one, so that tests get to see several. */
final class StubUploadListing {
    private static final int PAGE = 5;

    private StubUploadListing() {}

    static StubResponse of(StubBucket bucket, Map<String, String> query) {
        List<Map.Entry<String, StubUpload>> all = bucket.uploads.entrySet().stream()
                .filter(entry -> entry.getValue().key().startsWith(query.getOrDefault("prefix", "")))
                .filter(entry -> isAfter(entry, query))
                .sorted(comparing(
                                (Map.Entry<String, StubUpload> e) ->
                                        e.getValue().key(),
                                StubBucket.UTF8_ORDER)
                        .thenComparing(Map.Entry::getKey))
                .toList();
        List<Map.Entry<String, StubUpload>> page = all.subList(0, Math.min(PAGE, all.size()));
        StringBuilder text = new StringBuilder("<ListMultipartUploadsResult><IsTruncated>")
                .append(all.size() > PAGE)
                .append("</IsTruncated>")
                .append(query.containsKey("encoding-type") ? "<EncodingType>url</EncodingType>" : "");
        if (all.size() > PAGE) {
            Map.Entry<String, StubUpload> last = page.get(PAGE - 1);
            text.append("<NextKeyMarker>")
                    .append(StubListing.text(last.getValue().key(), query));
            text.append("</NextKeyMarker><NextUploadIdMarker>")
                    .append(last.getKey())
                    .append("</NextUploadIdMarker>");
        }
        page.forEach(upload -> text.append("<Upload><Key>")
                .append(StubListing.text(upload.getValue().key(), query))
                .append("</Key><UploadId>")
                .append(upload.getKey())
                .append("</UploadId><Initiated>")
                .append(upload.getValue().initiated())
                .append("</Initiated></Upload>"));
        return StubResponse.xml(text.append("</ListMultipartUploadsResult>").toString());
    }

    private static boolean isAfter(Map.Entry<String, StubUpload> upload, Map<String, String> query) {
        int order = StubBucket.UTF8_ORDER.compare(upload.getValue().key(), query.getOrDefault("key-marker", ""));
        return order > 0 || (order == 0 && upload.getKey().compareTo(query.getOrDefault("upload-id-marker", "")) > 0);
    }
}
