package com.connylabs.ingest.bench.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Answers ListObjectsV2, for keys that are plain ASCII and without a delimiter. */
final class Listing {
    private Listing() {}

    static Answer of(Bucket bucket, Head request) {
        String token = request.query("continuation-token", "");
        String after = token.isEmpty()
                ? request.query("start-after", "")
                : new String(Base64.getUrlDecoder().decode(token), UTF_8);
        int most = (int) Math.min(1000, request.number("max-keys", 1000));
        boolean check = most == 1;
        if (!check && !bucket.visible(token.isEmpty())) {
            return page(new StringBuilder(), 0, "", request);
        }
        StringBuilder entries = new StringBuilder(most * 260);
        String prefix = request.query("prefix", "");
        int count = 0;
        String last = "";
        for (Map.Entry<String, Item> entry :
                bucket.objects.tailMap(after, false).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                continue;
            }
            if (count == most) {
                return page(entries, count, last, request);
            }
            add(entries, entry.getKey(), entry.getValue());
            count++;
            last = entry.getKey();
        }
        if (!check) {
            bucket.listedWhole();
        }
        return page(entries, count, "", request);
    }

    private static void add(StringBuilder entries, String key, Item item) {
        entries.append("<Contents><Key>").append(key).append("</Key><LastModified>");
        entries.append(Instant.ofEpochMilli(item.modified())).append("</LastModified><ETag>&quot;");
        entries.append(item.eTag()).append("&quot;</ETag><Size>").append(item.size());
        entries.append("</Size><StorageClass>STANDARD</StorageClass></Contents>");
    }

    private static Answer page(StringBuilder entries, int count, String last, Head request) {
        String next = Base64.getUrlEncoder().encodeToString(last.getBytes(UTF_8));
        return Answer.xml("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>"
                + request.bucket() + "</Name><Prefix>" + request.query("prefix", "") + "</Prefix><KeyCount>" + count
                + "</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>" + !last.isEmpty() + "</IsTruncated>"
                + (request.query().containsKey("encoding-type") ? "<EncodingType>url</EncodingType>" : "")
                + (last.isEmpty() ? "" : "<NextContinuationToken>" + next + "</NextContinuationToken>")
                + entries + "</ListBucketResult>");
    }
}
