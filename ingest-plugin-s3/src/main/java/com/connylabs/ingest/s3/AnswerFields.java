package com.connylabs.ingest.s3;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Reads the headers of an answer into the SDK's response, as the SDK describes it; times are left out. */
final class AnswerFields {
    private static final String METADATA = "x-amz-meta-";

    private final Map<String, SdkField<?>> byHeader = new HashMap<>();

    /** For responses of one kind. */
    AnswerFields(SdkPojo builder) {
        for (SdkField<?> field : builder.sdkFields()) {
            if (field.location() == MarshallLocation.HEADER) {
                byHeader.put(field.locationName().toLowerCase(Locale.ROOT), field);
            }
        }
    }

    /**
     * Fills a response in.
     *
     * @throws NumberFormatException if there is something else where a number should be
     */
    <B extends SdkPojo> B read(SdkHttpResponse answer, B builder) {
        Map<String, String> metadata = new HashMap<>();
        answer.forEachHeader((name, values) -> {
            SdkField<?> field = byHeader.get(name.toLowerCase(Locale.ROOT));
            if (field != null) {
                set(field, builder, values);
            } else if (name.regionMatches(true, 0, METADATA, 0, METADATA.length())) {
                metadata.put(name.substring(METADATA.length()), String.join(",", values));
            }
        });
        SdkField<?> all = byHeader.get(METADATA);
        if (all != null) {
            all.set(builder, metadata);
        }
        return builder;
    }

    private static void set(SdkField<?> field, SdkPojo builder, List<String> values) {
        String value = values.get(0);
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.STRING) {
            field.set(builder, value);
        } else if (type == MarshallingType.LONG) {
            field.set(builder, Long.valueOf(value));
        } else if (type == MarshallingType.INTEGER) {
            field.set(builder, Integer.valueOf(value));
        } else if (type == MarshallingType.BOOLEAN) {
            field.set(builder, Boolean.valueOf(value));
        }
    }
}
