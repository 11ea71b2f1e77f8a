package com.connylabs.ingest.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** For machines: an object a line, its keys those of the Go original ({@code ts}, {@code level}, {@code msg}) and ours. */
final class JsonFormat implements LineFormat {
    @Override
    public String format(ILoggingEvent event, boolean withStack) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ts", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        fields.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
        fields.put("msg", event.getFormattedMessage());
        fields.put("logger", event.getLoggerName());
        fields.put("thread", event.getThreadName());
        event.getMDCPropertyMap().forEach((key, value) -> add(fields, key, value));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> add(fields, pair.key, pair.value));
        }
        if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
            add(fields, "error", Throwables.chain(proxy.getThrowable()));
            if (withStack) {
                add(fields, "stack", Throwables.stack(proxy.getThrowable()));
            }
        }
        StringJoiner json = new StringJoiner(",", "{", "}");
        fields.forEach((key, value) -> json.add(Escapes.quoted(key) + ":" + value(value)));
        return json.toString();
    }

    /** Adds a field; one whose name is taken gets another. */
    private static void add(Map<String, Object> fields, String key, @Nullable Object value) {
        fields.put(fields.containsKey(key) ? key + "_" : key, value == null ? "null" : value);
    }

    private static String value(Object value) {
        boolean plain = value instanceof Integer || value instanceof Long || value instanceof Boolean;
        return plain ? value.toString() : Escapes.quoted(value.toString());
    }
}
