package com.connylabs.ingest.s3;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A version is an ETag without its quotes, wherever it comes from: a listing, a GET or a HEAD. */
final class Versions {
    private Versions() {}

    static Optional<String> of(@Nullable String eTag) {
        if (eTag == null) {
            return Optional.empty();
        }
        boolean quoted = eTag.length() >= 2 && eTag.startsWith("\"") && eTag.endsWith("\"");
        String bare = quoted ? eTag.substring(1, eTag.length() - 1) : eTag;
        return bare.isEmpty() ? Optional.empty() : Optional.of(bare);
    }

    /** As a conditional request wants it. */
    static String eTag(String version) {
        return "\"" + version + "\"";
    }
}
