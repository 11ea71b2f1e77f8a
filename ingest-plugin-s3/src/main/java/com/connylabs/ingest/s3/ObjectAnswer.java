package com.connylabs.ingest.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What a store answers: what it says about an object, and the object itself if that was asked for. Whoever has it reads its
 * body to the end, or gives that up.
 */
final class ObjectAnswer {
    private static final String METADATA = "x-amz-meta-";

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /** More than any store says beside what was asked for. */
    private static final int MOST_TO_SKIP = 64 << 10;

    private final int status;
    private final Map<String, String> headers = new HashMap<>();
    private final InputStream body;
    private final Runnable abort;

    /**
     * An answer without headers so far.
     *
     * @param abort gives up the connection
     */
    ObjectAnswer(int status, InputStream body, Runnable abort) {
        this.status = status;
        this.body = body;
        this.abort = abort;
    }

    /** Refuses what makes no sense, as the SDK would. Nothing else is to be done with an answer before. */
    ObjectAnswer checked() {
        String length = header("content-length");
        if (length != null && !LENGTH.matcher(length).matches()) {
            throw SdkClientException.create("Unable to unmarshall response: its length is no number");
        }
        return this;
    }

    /** Adds a header. Of several with one name the first counts, but for metadata, of which a store may make a list. */
    void add(String name, @Nullable String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (value != null) {
            headers.merge(lower, value, (first, next) -> lower.startsWith(METADATA) ? first + "," + next : first);
        }
    }

    int status() {
        return status;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** A header, by its name in lower case; null if there is none. */
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    @Nullable
    String eTag() {
        return header("etag");
    }

    /** Bytes of the body, or of the object if only that was asked for; empty if that is not said. */
    OptionalLong length() {
        String text = header("content-length");
        return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    /** What users said about the object, by names as they were sent. */
    Map<String, String> metadata() {
        Map<String, String> metadata = new HashMap<>();
        headers.forEach((name, value) -> {
            if (name.startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), value);
            }
        });
        return metadata;
    }

    InputStream body() {
        return body;
    }

    /** Reads the little that may be left, so that the connection can be used again. */
    void finish() throws IOException {
        if (body.readNBytes(MOST_TO_SKIP).length == MOST_TO_SKIP) {
            abort();
        } else {
            body.close();
        }
    }

    /** Gives up the connection. Safe to call twice. */
    void abort() {
        abort.run();
    }
}
