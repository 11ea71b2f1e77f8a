package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.ObjectAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The headers that an object is stored with: what travels with it, the version that it was copied from, and what the
 * destination's configuration asks for. They are the same whether it is stored in one piece or in parts.
 */
final class ObjectHeaders {
    private static final Logger log = LoggerFactory.getLogger(ObjectHeaders.class);
    private static final String METADATA = "x-amz-meta-";
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    /** What may stand in a header's name. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");

    private final DestinationConfig config;

    ObjectHeaders(DestinationConfig config) {
        this.config = config;
    }

    Map<String, String> of(String key, ObjectAttributes attributes) {
        Map<String, String> headers = new TreeMap<>(config.encryption().headers());
        config.storageClass().ifPresent(name -> headers.put("x-amz-storage-class", name));
        attributes.headers().forEach((name, value) -> headers.put(name, HeaderText.encode(value)));
        headers.put("content-type", HeaderText.encode(attributes.contentType().orElse(UNKNOWN_TYPE)));
        attributes.metadata().forEach((name, value) -> addMetadata(headers, key, name, value));
        attributes.version().ifPresent(version -> record(headers, version));
        return headers;
    }

    Map<String, String> ofMarker(Optional<String> version) {
        Map<String, String> headers = new TreeMap<>(config.encryption().headers());
        headers.put("content-type", "text/plain");
        version.ifPresent(known -> record(headers, known));
        return headers;
    }

    private static void record(Map<String, String> headers, String version) {
        headers.put(METADATA + Attributes.VERSION_RECORD, HeaderText.encode(version));
    }

    private static void addMetadata(Map<String, String> headers, String key, String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (NAME.matcher(lower).matches()) {
            headers.put(METADATA + lower, HeaderText.encode(value));
        } else {
            log.atWarn().addKeyValue("key", key).log("metadata left out: S3 takes no such name");
        }
    }
}
