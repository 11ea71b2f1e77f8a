package com.connylabs.ingest.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;

/** Answers ListObjectsV2. */
final class StubListing {
    private final NavigableMap<String, StubObject> objects;
    private final Map<String, String> query;
    private final StringBuilder entries = new StringBuilder();
    private String lastPrefix = "";
    private int count;

    private StubListing(NavigableMap<String, StubObject> objects, Map<String, String> query) {
        this.objects = objects;
        this.query = query;
    }

    static StubResponse of(NavigableMap<String, StubObject> objects, Map<String, String> query) {
        return StubResponse.xml(new StubListing(objects, query).page());
    }

    private String page() {
        int max = Math.min(1000, Integer.parseInt(query.getOrDefault("max-keys", "1000")));
        String token = query.get("continuation-token");
        String after = token == null
                ? query.getOrDefault("start-after", "")
                : new String(Base64.getUrlDecoder().decode(token), UTF_8);
        String next = "";
        String last = after;
        for (Map.Entry<String, StubObject> entry : objects.tailMap(after, false).entrySet()) {
            String key = entry.getKey();
            if (!key.startsWith(parameter("prefix"))) {
                continue;
            }
            String common = commonPrefix(key);
            boolean seen = !common.isEmpty() && (common.equals(lastPrefix) || after.startsWith(common));
            if (count == max && !seen) {
                next = Base64.getUrlEncoder().encodeToString(last.getBytes(UTF_8));
                break;
            }
            if (!seen) {
                add(key, common, entry.getValue());
            }
            last = key;
        }
        return result(next);
    }

    private String commonPrefix(String key) {
        String delimiter = parameter("delimiter");
        int at = delimiter.isEmpty()
                ? -1
                : key.indexOf(delimiter, parameter("prefix").length());
        return at < 0 ? "" : key.substring(0, at + delimiter.length());
    }

    private void add(String key, String common, StubObject object) {
        count++;
        if (!common.isEmpty()) {
            lastPrefix = common;
            entries.append("<CommonPrefixes><Prefix>").append(text(common)).append("</Prefix></CommonPrefixes>");
            return;
        }
        entries.append("<Contents><Key>").append(text(key)).append("</Key><LastModified>");
        entries.append(object.modified()).append("</LastModified><ETag>&quot;").append(object.etag());
        entries.append("&quot;</ETag><Size>").append(object.body().length);
        entries.append("</Size><StorageClass>STANDARD</StorageClass></Contents>");
    }

    private String result(String next) {
        return "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Prefix>"
                + text(parameter("prefix")) + "</Prefix><KeyCount>" + count + "</KeyCount><IsTruncated>"
                + !next.isEmpty() + "</IsTruncated>"
                + (query.containsKey("encoding-type") ? "<EncodingType>url</EncodingType>" : "")
                + (next.isEmpty() ? "" : "<NextContinuationToken>" + next + "</NextContinuationToken>")
                + entries + "</ListBucketResult>";
    }

    private String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    private String text(String value) {
        return text(value, query);
    }

    /** A key as the request wants it. */
    static String text(String value, Map<String, String> query) {
        if (query.containsKey("encoding-type")) {
            return URLEncoder.encode(value, UTF_8).replace("%2F", "/");
        }
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
