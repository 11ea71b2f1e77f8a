package com.connylabs.ingest.s3;

import com.connylabs.ingest.api.Checksum;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version is an ETag without its quotes, wherever it comes from: a listing, a GET or a HEAD. */
final class Versions {
    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");

    private Versions() {}

    static Optional<String> of(@Nullable String eTag) {
        if (eTag == null) {
            return Optional.empty();
        }
        boolean quoted = eTag.length() >= 2 && eTag.startsWith("\"") && eTag.endsWith("\"");
        String bare = quoted ? eTag.substring(1, eTag.length() - 1) : eTag;
        return bare.isEmpty() ? Optional.empty() : Optional.of(bare);
    }

    /**
     * The MD5 of the content, if the ETag looks like one. It is another number where the object is encrypted with a key that
     * is not S3's own, so it must only be compared with what is known to be an MD5 of what it should be.
     */
    static Optional<Checksum> md5(@Nullable String eTag) {
        return of(eTag).filter(version -> MD5.matcher(version).matches())
                .map(version -> new Checksum(Checksum.Algorithm.MD5, version));
    }

    /** As a conditional request wants it. */
    static String eTag(String version) {
        return "\"" + version + "\"";
    }
}
